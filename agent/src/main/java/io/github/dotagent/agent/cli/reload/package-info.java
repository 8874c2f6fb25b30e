/**
 * {@code reload}: forgets names in a JVM that runs.
 *
 * <p>On the thread of the command; the other JVM is reached by {@code cli.jvm}.
 */
package io.github.dotagent.agent.cli.reload;
