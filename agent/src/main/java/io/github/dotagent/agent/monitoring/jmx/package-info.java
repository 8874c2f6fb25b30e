/**
 * MBeans, for consoles and exporters that do not have the agent's classes: open types only.
 *
 * <p>{@code monitoring} registers them once the program has an MBean server. Consoles call them on
 * threads of the JVM. No method waits for a server; {@code reload} alone waits, for the settings'
 * files. The list of servers has a lock, which is held while their MBeans are registered, and by no
 * lookup.
 */
package io.github.dotagent.agent.monitoring.jmx;
