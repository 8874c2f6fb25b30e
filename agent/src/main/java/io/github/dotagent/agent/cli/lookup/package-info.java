/**
 * {@code lookup}: one query, and everything in its response, in kdig's form.
 *
 * <p>On the thread of the command, within {@code timeout}. No lock.
 */
package io.github.dotagent.agent.cli.lookup;
