/**
 * {@code status}: how the agent in a JVM is doing, for people and for programs.
 *
 * <p>On the thread of the command; the other JVM is reached by {@code cli.jvm}.
 */
package io.github.dotagent.agent.cli.status;
