/**
 * Checks the signatures of answers (RFC 4033 to 4035): a lookup around a lookup, between the cache
 * and the servers. The judgement is dnsjava's validator; what it needs besides is fetched, kept,
 * bounded and told here. With {@code dnssec=off} no class of this package is loaded.
 *
 * <p>Work is done on threads of its own ({@link io.github.dotagent.dnssec.ValidationThreads}): a
 * signature takes a processor for a tenth of a millisecond and more, which the thread that reads a
 * connection must not wait for. {@code DotCore} puts it in place. No lock is held while a server is
 * waited for.
 */
package io.github.dotagent.dnssec;
