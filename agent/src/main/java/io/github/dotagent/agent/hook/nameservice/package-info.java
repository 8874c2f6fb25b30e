/**
 * The hook of Java 8 to 17. Only this package and {@code bypass} use Byte Buddy's ASM.
 *
 * <p>{@code install} puts it in place; the patched {@code InetAddress} calls it, on any thread of
 * the program, with the lock that the JDK holds for a name, and with no lock of the agent.
 */
package io.github.dotagent.agent.hook.nameservice;
