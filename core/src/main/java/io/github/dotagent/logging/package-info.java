/**
 * The log of the agent: one line for an event, to stderr or a file, within a budget. It uses no
 * logging library, because its first use fixes the logging configuration of the whole JVM.
 *
 * <p>Safe for any thread. Until the program starts, the calling thread writes a line; after that, a
 * thread of the agent does, so that no lookup waits for the log.
 */
package io.github.dotagent.logging;
