/**
 * The command line: {@code java -jar dot-agent.jar COMMAND}. One folder for each command; what they
 * share is here. Runs in a JVM of its own, which the agent does not hook.
 */
package io.github.dotagent.agent.command;
