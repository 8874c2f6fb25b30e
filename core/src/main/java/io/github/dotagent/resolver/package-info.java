/**
 * Decides where a name goes (RFC 6761, resolv.conf(5), the settings) and in which order its
 * addresses come back (RFC 6724, the JDK's preference).
 *
 * <p>The hooks call {@link io.github.dotagent.resolver.HostResolver}, on the thread of the program.
 * That thread waits only in this package, at most for {@code timeout}. No lock is held meanwhile.
 * {@code config} and the command line use its values, and {@code observe} compares two resolvers.
 */
package io.github.dotagent.resolver;
