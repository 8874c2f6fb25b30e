/**
 * {@code flush}: forgets names in a running JVM.
 *
 * <p>On the thread of the command; {@code cli.jvm} reaches the other JVM. No lock.
 */
package io.github.dotagent.agent.cli.flush;
