/**
 * {@code status}: the state of the agent in a JVM, for people and for programs.
 *
 * <p>On the thread of the command; {@code cli.jvm} reaches the other JVM. No lock.
 */
package io.github.dotagent.agent.cli.status;
