/**
 * Forwards DNS queries that a library sends itself, past {@code InetAddress}: for each server that
 * the library asks, a port on loopback takes the query and sends it over TLS (a forwarder, RFC 9499
 * §6).
 *
 * <p>The agent opens a port when a patched socket needs it ({@code bypass}). One thread serves all
 * ports; it never waits for an upstream.
 */
package io.github.dotagent.forward;
