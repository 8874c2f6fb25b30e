/**
 * MBeans, for consoles and exporters that know nothing of our classes: open types only.
 *
 * <p>{@code monitoring} registers them once the program has an MBean server. Consoles call them on
 * threads of the JVM's; a method reads what others keep, and waits for no server.
 */
package io.github.dotagent.agent.monitoring.jmx;
