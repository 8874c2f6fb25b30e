/**
 * {@code mode=observe}: compares what the program is told by the system resolver with what it would
 * be told over TLS, in the background, and sums it up.
 *
 * <p>The resolver tells it of each lookup, on the thread of the program, which waits for nothing
 * here. Comparing is done on threads of the agent; no lock is held while one of them waits.
 */
package io.github.dotagent.observe;
