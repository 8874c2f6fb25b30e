package java.net;

import java.lang.reflect.InvocationHandler;

/**
 * What the patched {@code InetAddress} of Java 8 to 17 calls in place of its own name service.
 *
 * <p>DEFINED IN THE BOOTSTRAP LOADER, from its octets, so that InetAddress can see it: knows JDK
 * types only. Adding the agent's jar to the bootstrap class path instead would print a warning on
 * every JVM that shares classes ("Sharing is only supported for boot loader classes because
 * bootstrap classpath has been appended").
 */
final class DotAgentBridge {
  /** Set before InetAddress is patched; of the isolated loader. */
  static volatile InvocationHandler lookups;

  private DotAgentBridge() {}

  /** In place of {@code NameService.lookupAllHostAddr}. */
  static InetAddress[] lookupAllHostAddr(Object nameService, String host) throws Throwable {
    return (InetAddress[]) lookups.invoke(nameService, null, new Object[] {host});
  }

  /** In place of {@code NameService.getHostByAddr}. */
  static String getHostByAddr(Object nameService, byte[] address) throws Throwable {
    return (String) lookups.invoke(nameService, null, new Object[] {address});
  }
}
