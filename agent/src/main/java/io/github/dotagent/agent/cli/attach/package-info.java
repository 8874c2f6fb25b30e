/**
 * {@code attach} and {@code detach}: install the agent in a running JVM, and remove it.
 *
 * <p>On the thread of the command; {@code cli.jvm} reaches the other JVM. No lock.
 */
package io.github.dotagent.agent.cli.attach;
