/**
 * The network of a test: namespaces, relays that delay and fail, a witness on port 53, free ports.
 *
 * <p>Called by tests. Relays and witnesses have threads of their own; they are daemons.
 */
package io.github.dotagent.it.harness.network;
