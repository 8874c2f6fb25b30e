/**
 * Threads and time of the agent: named daemon threads without context loader or inherited locals,
 * one timer thread, waits that an interrupt does not end, and values that are still being made.
 *
 * <p>Time is a parameter everywhere, so that tests move it by hand. Every package may call it; it
 * imports {@code java.*} alone.
 */
package io.github.dotagent.concurrent;
