/**
 * {@code mode=observe}: compares the system resolver's answers to the program with the answers over
 * TLS, in the background, and sums up the results.
 *
 * <p>The resolver reports each lookup, on the thread of the program, which waits for nothing here.
 * Threads of the agent compare; no lock is held while one of them waits.
 */
package io.github.dotagent.observe;
