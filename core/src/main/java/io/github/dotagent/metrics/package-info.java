/**
 * Events and counts for watchers: lookups, connections, pins that do not match, recent errors.
 * Knows the JDK and {@code answer} alone.
 *
 * <p>Each step of a lookup reports to it, on its own thread; a listener must not block. Counts take
 * no lock; the short lists (recent errors, bypasses, counts by text) have a monitor each. They cost
 * almost nothing without a recording or a console.
 */
package io.github.dotagent.metrics;
