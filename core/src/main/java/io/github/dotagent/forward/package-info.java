/**
 * Forwards DNS queries that a library sends itself, past {@code InetAddress}: for each server that
 * the library asks, a port on loopback takes the query and sends it over TLS (a forwarder, RFC 9499
 * §6).
 *
 * <p>The agent opens a port when a patched socket needs it ({@code bypass}). One thread serves all
 * ports; it never waits for an upstream. The tables of ports and of queries in flight have a
 * monitor each, and neither is held while a query is sent over TLS.
 */
package io.github.dotagent.forward;
