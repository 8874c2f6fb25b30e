/** {@code attach}: installs the agent in a JVM that runs. */
package io.github.dotagent.agent.cli.attach;
