/** {@code flush}: forgets names in a JVM that runs. */
package io.github.dotagent.agent.cli.flush;
