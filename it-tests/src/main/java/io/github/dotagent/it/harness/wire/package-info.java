/**
 * DNS messages as tests and their server read and write them (RFC 1035 §4). A codec of its own, so
 * that no error hides in both.
 *
 * <p>Immutable, for any thread.
 */
package io.github.dotagent.it.harness.wire;
