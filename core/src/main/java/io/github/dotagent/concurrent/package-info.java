/**
 * Threads and time of the agent: named daemon threads without context loader or inherited locals,
 * one timer thread, and waits that an interrupt does not end.
 *
 * <p>Time is a parameter everywhere, so that tests move it by hand. Imports {@code logging} at
 * most.
 */
package io.github.dotagent.concurrent;
