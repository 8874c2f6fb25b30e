/**
 * A DNS-over-TLS server on loopback: it answers from a zone, keeps what it has seen, and does wrong
 * what a test tells it to. Shares no code with the agent, so that no error hides in both.
 *
 * <p>Tests, the demo and benchmarks start it. A thread for each connection; a test may call it from
 * any thread.
 */
package io.github.dotagent.it.harness.server;
