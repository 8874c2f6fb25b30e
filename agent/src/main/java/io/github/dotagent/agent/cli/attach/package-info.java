/**
 * {@code attach} and {@code detach}: the agent comes to a JVM that runs, and leaves it.
 *
 * <p>On the thread of the command; the other JVM is reached by {@code cli.jvm}.
 */
package io.github.dotagent.agent.cli.attach;
