/**
 * Reaches a running JVM: finds reasons against it, uses the Attach API, and reads the agent's
 * MBeans there.
 *
 * <p>The commands call it, on their thread. Calls that may hang, because the other JVM may be
 * stopped, run on a thread of their own with a bound. The two settings of the whole JVM, sockets
 * and the filter of objects, are made under a lock of their class.
 */
package io.github.dotagent.agent.cli.jvm;
