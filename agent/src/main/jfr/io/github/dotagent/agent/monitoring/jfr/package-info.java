/**
 * Events for the JDK's Flight Recorder. Compiled without {@code --release}, for the Java 8 of that
 * knows no JFR, which came to it with 8u262; loaded only where there is one, and once it is awake.
 */
package io.github.dotagent.agent.monitoring.jfr;
