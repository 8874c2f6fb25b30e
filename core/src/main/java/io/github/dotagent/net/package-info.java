/**
 * Helpers for names, addresses and text: literal addresses (RFC 5952), international names (RFC
 * 5890), values by domain, socket options, foreign text made fit for a terminal, the release of
 * Java, and the mark for the few calls that may look a name up.
 *
 * <p>Every package may call it; it imports {@code java.*} alone. Immutable or without state: for
 * any thread, without a lock. Opens nothing.
 */
package io.github.dotagent.net;
