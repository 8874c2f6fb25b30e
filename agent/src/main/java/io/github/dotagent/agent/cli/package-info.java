/**
 * The command line, {@code java -jar dot-agent.jar COMMAND}: one folder for each command, and here
 * what they share. Runs in a JVM of its own, without a hook, on one thread.
 */
package io.github.dotagent.agent.cli;
