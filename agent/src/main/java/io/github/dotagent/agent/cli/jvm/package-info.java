/**
 * Reaching a JVM that runs: what stands against it, the Attach API, and the agent's MBeans there.
 *
 * <p>The commands call it, on their thread. What may hang, because the other JVM may be stopped,
 * runs on a thread of its own with a bound.
 */
package io.github.dotagent.agent.cli.jvm;
