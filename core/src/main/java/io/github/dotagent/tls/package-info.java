/**
 * Connects to servers and checks their identity (RFC 8310): chain, name, pins. Imports no other
 * step of a lookup.
 *
 * <p>Called by {@code dot} on the writer thread of a connection, by {@code inspect}, and for trust
 * stores and keys by {@code config} and the agent. Blocks for I/O; no lock is held meanwhile.
 */
package io.github.dotagent.tls;
