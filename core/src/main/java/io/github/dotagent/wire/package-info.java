/**
 * Encodes queries, with padding (RFC 8467), and decodes responses after a check against their
 * question (RFC 5452). dnsjava is used here and in {@code dnssec} alone.
 *
 * <p>Called by {@code upstream}, {@code dnssec}, {@code forward} and the command line. Values are
 * immutable, the rest has no state: for any thread, without a lock. It opens nothing and waits for
 * nothing.
 */
package io.github.dotagent.wire;
