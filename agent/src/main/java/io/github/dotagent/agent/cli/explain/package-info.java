/**
 * {@code explain}: where a name goes, and why.
 *
 * <p>On the thread of the command; asks no server. No lock.
 */
package io.github.dotagent.agent.cli.explain;
