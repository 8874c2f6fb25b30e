/**
 * {@code pins}: the keys that each server presents now, and the setting that pins them.
 *
 * <p>On the thread of the command, one server after the other, each within {@code timeout}. No
 * lock.
 */
package io.github.dotagent.agent.cli.pins;
