/**
 * Sends DNS queries of libraries to the forwarder: patches the sockets of the JDK, and resolvers
 * with native sockets, when the program loads them.
 *
 * <p>{@code install} puts it in place. The JVM calls it while a class is loaded, on any thread: no
 * lambda. TCP sockets are patched on a thread of the agent, and the loading class waits for it,
 * within a bound. The sets of class names have a monitor each, held for one step, and that of the
 * transformers while one is added: none while a class is redefined.
 */
package io.github.dotagent.agent.bypass;
