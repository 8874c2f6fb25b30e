/**
 * Sends DNS queries of libraries to the forwarder: patches the sockets of the JDK, and resolvers
 * with native sockets, when the program loads them.
 *
 * <p>Called by the JVM while a class is loaded, on any thread: no lambda, no collection, no lock
 * that the program may hold.
 */
package io.github.dotagent.agent.bypass;
