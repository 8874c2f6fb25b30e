/**
 * The log of the agent: one line for an event, to stderr or a file, within a budget. It uses no
 * logging library, because its first use fixes the logging configuration of the whole JVM.
 *
 * <p>Every package above {@code net} and {@code concurrent} may call it, on any thread. Until the
 * program starts, the calling thread writes a line; after that, a thread of the agent does, so that
 * no lookup waits for the log. The queue has a monitor, held for a few steps. The file has another
 * one, held while a line is written: for the thread of the log and the end of the JVM alone.
 */
package io.github.dotagent.logging;
