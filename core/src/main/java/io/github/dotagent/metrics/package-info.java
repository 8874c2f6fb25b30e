/**
 * Events and counts for watchers: lookups, connections, pins that do not match, recent errors.
 * Knows the JDK and {@code answer} alone.
 *
 * <p>Each step of a lookup tells it, on its own thread; a listener must not block. Counts take no
 * lock; the short lists (recent errors, bypasses) have one each. They cost next to nothing while no
 * recording and no console is there.
 */
package io.github.dotagent.metrics;
