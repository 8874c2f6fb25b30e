/**
 * A test authority, and server certificates good and bad, as objects and as files.
 *
 * <p>Called by tests and by {@code server}. Immutable once made.
 */
package io.github.dotagent.it.harness.certificate;
