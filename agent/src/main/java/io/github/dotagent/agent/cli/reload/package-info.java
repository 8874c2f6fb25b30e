/**
 * {@code reload}: has a JVM that runs look at the files of its settings, at once.
 *
 * <p>On the thread of the command; the other JVM is reached by {@code cli.jvm}.
 */
package io.github.dotagent.agent.cli.reload;
