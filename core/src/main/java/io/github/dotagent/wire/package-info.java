/**
 * Encodes queries, with padding (RFC 8467), and decodes responses after a check against their
 * question (RFC 5452). The sole user of dnsjava.
 *
 * <p>Stateless, for any thread. Opens nothing and waits for nothing.
 */
package io.github.dotagent.wire;
