/**
 * The tools of the integration tests and the demo; they do not know the agent.
 *
 * <ul>
 *   <li>{@code certificate}: an authority for one test, its server certificates, trust stores, pins
 *   <li>{@code wire}, {@code zone}: DNS messages, and the names that a server answers
 *   <li>{@code shape}: responses in every shape, right and wrong
 *   <li>{@code server}: DNS over TLS on loopback, recorded, and wrong when told to be
 *   <li>{@code network}: a relay that delays and fails, the witness on port 53, and a network
 *       namespace to run in
 *   <li>{@code load}: many lookups, what became of them, and servers that fail meanwhile
 *   <li>{@code jvm}: the Javas of this machine, and programs in child JVMs
 *   <li>{@code web}: what those programs talk to once they have an address
 * </ul>
 */
package io.github.dotagent.it.harness;
