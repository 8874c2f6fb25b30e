/** {@code status}: how the agent in a JVM is doing, for people and for programs. */
package io.github.dotagent.agent.cli.status;
