/**
 * The command line, {@code java -jar dot-agent.jar COMMAND}: one folder for each command, and here
 * what they share. The visible class {@code AgentMain} calls it. Runs in a JVM of its own, without
 * a hook, on one thread. No lock.
 */
package io.github.dotagent.agent.cli;
