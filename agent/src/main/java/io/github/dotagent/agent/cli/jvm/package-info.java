/**
 * Reaching a JVM that runs: what stands against it, the Attach API, and the agent's MBeans there.
 */
package io.github.dotagent.agent.cli.jvm;
