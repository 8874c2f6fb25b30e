/**
 * Threads and time of the agent: named daemon threads without context loader or inherited locals,
 * one timer thread, waits that an interrupt does not end, and values that are still being made.
 *
 * <p>Time is a parameter everywhere, so that tests move it by hand. Every package may call it, on
 * any thread; it imports {@code java.*} alone. The timer's queue and each slot of its wheel have a
 * monitor, held for a few steps and never while an action runs.
 */
package io.github.dotagent.concurrent;
