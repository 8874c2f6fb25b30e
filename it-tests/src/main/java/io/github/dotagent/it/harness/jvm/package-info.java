/**
 * Child JVMs of every Java on this machine, what they print, and limits that are set to them.
 *
 * <p>Called by tests, the demo and benchmarks, each child by one thread. Each wait has a bound,
 * after which the child is ended and the failure has its stacks.
 */
package io.github.dotagent.it.harness.jvm;
