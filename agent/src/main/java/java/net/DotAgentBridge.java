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
  static InetAddress[] lookupAllHostAddr(Object nameService, String host)
      throws UnknownHostException {
    try {
      return (InetAddress[]) lookups.invoke(nameService, null, new Object[] {host});
    } catch (Throwable thrown) {
      throw asUnknownHost(host, thrown);
    }
  }

  /** In place of {@code NameService.getHostByAddr}. */
  static String getHostByAddr(Object nameService, byte[] address) throws UnknownHostException {
    try {
      return (String) lookups.invoke(nameService, null, new Object[] {address});
    } catch (Throwable thrown) {
      throw asUnknownHost("reverse lookup", thrown);
    }
  }

  /**
   * The last net: no defect of the agent's is to end a thread of the program's, and none sends a
   * name elsewhere. What the thread itself has run out of, and its being stopped, leave as they do
   * from the JDK's own resolver: made an answer, they would be kept by the JDK for other threads.
   */
  private static UnknownHostException asUnknownHost(String host, Throwable thrown) {
    if (thrown instanceof UnknownHostException) {
      return (UnknownHostException) thrown;
    }
    if (thrown instanceof StackOverflowError
        || thrown instanceof OutOfMemoryError
        || thrown instanceof ThreadDeath) {
      throw (Error) thrown;
    }
    UnknownHostException unknown = new UnknownHostException(host + ": dot-agent failed: " + thrown);
    unknown.initCause(thrown);
    return unknown;
  }
}
