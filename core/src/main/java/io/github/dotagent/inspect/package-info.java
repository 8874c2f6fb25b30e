/**
 * Examines one server, for the command line alone. No lookup uses this package.
 *
 * <p>Runs on the thread of the command, for one thread. Blocks for I/O, within the {@code timeout}.
 * No lock.
 */
package io.github.dotagent.inspect;
