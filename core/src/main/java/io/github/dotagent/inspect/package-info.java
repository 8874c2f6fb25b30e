/**
 * One server under examination, for the command line alone. No lookup comes here.
 *
 * <p>Runs on the thread of the command. Blocks for I/O, within the {@code timeout}.
 */
package io.github.dotagent.inspect;
