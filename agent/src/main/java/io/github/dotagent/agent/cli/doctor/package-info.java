/**
 * {@code doctor}: whether the agent will work here, and if not, why, and what to do about it.
 *
 * <p>One class for each check, which only the command calls. On the thread of the command, which a
 * check blocks for {@code timeout} at most; a call that may hang (a disk, the system resolver) has
 * a thread of its own. No lock.
 */
package io.github.dotagent.agent.cli.doctor;
