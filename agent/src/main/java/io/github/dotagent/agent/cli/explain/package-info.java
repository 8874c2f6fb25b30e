/**
 * {@code explain}: where a name goes, and why.
 *
 * <p>On the thread of the command; asks no server.
 */
package io.github.dotagent.agent.cli.explain;
