/**
 * Connects to servers and checks their identity (RFC 8310): chain, name, pins. Imports no other
 * step of a lookup.
 *
 * <p>Called on the writer thread of a connection, and by {@code inspect}. Blocks for I/O; no lock
 * is held meanwhile.
 */
package io.github.dotagent.tls;
