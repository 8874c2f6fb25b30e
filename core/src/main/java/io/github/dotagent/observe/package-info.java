/**
 * {@code mode=observe}: compares the system resolver's answers to the program with the answers over
 * TLS, in the background, and sums up the results.
 *
 * <p>The resolver reports each lookup, on the thread of the program, which waits for nothing here.
 * Threads of the agent compare, four at most. The names and the queue have a monitor each, and
 * neither is held while a thread waits for an answer.
 */
package io.github.dotagent.observe;
