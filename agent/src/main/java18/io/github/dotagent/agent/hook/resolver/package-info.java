/**
 * The hook of Java 18 and newer; compiled for 18, read by the isolated loader from there on.
 *
 * <p>{@code install} puts it in place; {@code java.net.InetAddress} calls it, on any thread of the
 * program, virtual ones too. No lock of the agent is held.
 */
package io.github.dotagent.agent.hook.resolver;
