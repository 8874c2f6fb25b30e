/**
 * Answers, negative answers (RFC 2308), failures (RFC 9520), stale answers (RFC 8767), prefetching,
 * and the coalescing of equal questions into one query. The sole user of Caffeine.
 *
 * <p>Called by the resolver on any thread; never blocks. The locks are those of each in-flight
 * query, and are not held while the upstream is called.
 */
package io.github.dotagent.cache;
