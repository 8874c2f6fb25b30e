/**
 * Checks the signatures of answers (RFC 4033 to 4035): a lookup around a lookup, between the cache
 * and the servers. dnsjava's validator decides. This package fetches and caches its records, bounds
 * its work, and makes its messages. With {@code dnssec=off} no class of this package is loaded.
 *
 * <p>The work runs on its own threads ({@link io.github.dotagent.dnssec.ValidationThreads}),
 * because a signature takes a processor for a tenth of a millisecond and more, and the thread that
 * reads a connection must not wait for that. The root package puts it around the servers, and the
 * cache calls it, on any thread. No lock is held while a server is waited for.
 */
package io.github.dotagent.dnssec;
