/**
 * Events for the JDK's Flight Recorder. Compiled without {@code --release}, because {@code
 * --release 8} has no JFR, which came with 8u262; loaded only in a JVM that has JFR, and after it
 * has started.
 *
 * <p>{@code monitoring} joins them, by name. Events are written on the thread that a lookup or a
 * connection ends on; no lock.
 */
package io.github.dotagent.agent.monitoring.jfr;
