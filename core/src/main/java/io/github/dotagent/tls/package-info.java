/**
 * Connects to servers and has them prove who they are (RFC 8310): chain, name, pins. Imports no
 * other step of a lookup.
 *
 * <p>Called on the writer thread of a connection, and by the command line. Blocks for I/O.
 */
package io.github.dotagent.tls;
