/**
 * The list of all commands, which the agent's {@code main} makes by name. Sees every command; no
 * class sees it. On the JVM's main thread. No lock.
 */
package io.github.dotagent.agent.cli.main;
