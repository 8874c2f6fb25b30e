/**
 * MBeans, for consoles and exporters that do not have the agent's classes: open types only.
 *
 * <p>{@code monitoring} registers them once the program has an MBean server. Consoles call them on
 * threads of the JVM; a method only reads, and waits for no server.
 */
package io.github.dotagent.agent.monitoring.jmx;
