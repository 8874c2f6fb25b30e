/**
 * Joins JMX and Flight Recorder once the program has started them, and starts neither itself.
 *
 * <p>{@code install} begins it. The timer's thread looks for them; joining runs on a thread of its
 * own. No lock.
 */
package io.github.dotagent.agent.monitoring;
