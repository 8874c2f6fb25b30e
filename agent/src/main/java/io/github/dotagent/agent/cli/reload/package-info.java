/**
 * {@code reload}: makes the agent in a running JVM read its settings files at once.
 *
 * <p>On the thread of the command; {@code cli.jvm} reaches the other JVM. No lock.
 */
package io.github.dotagent.agent.cli.reload;
