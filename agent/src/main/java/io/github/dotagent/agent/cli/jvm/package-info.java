/**
 * Reaches a running JVM: finds reasons against it, uses the Attach API, and reads the agent's
 * MBeans there.
 *
 * <p>The commands call it, on their thread. Calls that may hang, because the other JVM may be
 * stopped, run on a thread of their own with a bound.
 */
package io.github.dotagent.agent.cli.jvm;
