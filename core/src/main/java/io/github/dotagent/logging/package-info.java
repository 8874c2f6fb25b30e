/**
 * The log of the agent: one line for an event, to stderr or a file, within a budget. It uses no
 * logging library, because the first use of one settles the configuration of the whole JVM.
 *
 * <p>Safe for any thread; a line is written by a thread of the agent, never by a lookup.
 */
package io.github.dotagent.logging;
