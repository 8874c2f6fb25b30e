/**
 * Decides which server is asked: ranking, back-off (RFC 9520), hedging, and the most informative
 * failure of the servers that were asked.
 *
 * <p>Called by the cache, {@code dnssec} and {@code forward} on any thread; never blocks. Timeouts
 * run on the timer thread. Its locks are monitors, none held while a connection or a caller is
 * called.
 */
package io.github.dotagent.upstream;
