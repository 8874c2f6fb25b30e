/** {@code attach} and {@code detach}: the agent comes to a JVM that runs, and leaves it. */
package io.github.dotagent.agent.cli.attach;
