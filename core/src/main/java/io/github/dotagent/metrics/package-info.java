/**
 * Events and counts for watchers: lookups, connections, pins that do not match, recent errors.
 * Knows the JDK and {@code answer} alone.
 *
 * <p>Called on any thread; costs next to nothing while no recording and no console is there.
 */
package io.github.dotagent.metrics;
