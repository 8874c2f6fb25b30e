/**
 * DNS over TLS (RFC 7858): connections, framing (RFC 1035 §4.2.2), ids, and what happens when a
 * connection ends. A message is only octets here; {@code wire} knows its content.
 *
 * <p>{@code upstream} calls it, on any thread, and learns of responses on the reader of a
 * connection. Each connection has two threads, a writer and a reader. Its locks are monitors, held
 * for a few steps: none while a connection connects, reads or writes.
 */
package io.github.dotagent.dot;
