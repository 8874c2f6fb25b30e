/**
 * Helpers for names, addresses and text: host names (RFC 1123), international ones (RFC 5890),
 * literal and mapped addresses (RFC 5952, RFC 4291), values by domain, socket options, foreign text
 * made fit for a terminal, the release of Java, and the mark for the few calls that may look a name
 * up.
 *
 * <p>Every package may call it; it imports {@code java.*} alone. Immutable or without state: for
 * any thread, without a lock. Opens nothing.
 */
package io.github.dotagent.net;
