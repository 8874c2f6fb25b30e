/**
 * Joins JMX and Flight Recorder once the program has started them, and starts neither itself.
 *
 * <p>One timer looks for them; joining runs on a thread of its own.
 */
package io.github.dotagent.agent.monitoring;
