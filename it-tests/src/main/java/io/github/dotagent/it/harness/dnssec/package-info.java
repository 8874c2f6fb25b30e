/**
 * Signed zones, a tree of them from the root on, and each way to sign wrongly.
 *
 * <p>Called by tests and benchmarks. Immutable once signed.
 */
package io.github.dotagent.it.harness.dnssec;
