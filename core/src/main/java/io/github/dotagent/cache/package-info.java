/**
 * Answers, negative answers (RFC 2308), failures (RFC 9520), stale answers (RFC 8767), prefetching,
 * and the coalescing of equal questions into one query. The sole user of Caffeine.
 *
 * <p>Called by the resolver on any thread; never blocks. The table of queries in flight and each
 * such query have a monitor, held for a few steps and never while a server or a caller is called.
 * Caffeine has locks of its own.
 */
package io.github.dotagent.cache;
