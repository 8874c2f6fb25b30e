/** {@code explain}: where a name goes, and why. */
package io.github.dotagent.agent.cli.explain;
