/**
 * What a test server knows: records, aliases, failures, and the responses made of them.
 *
 * <p>Called by {@code server}. Immutable once built.
 */
package io.github.dotagent.it.harness.zone;
