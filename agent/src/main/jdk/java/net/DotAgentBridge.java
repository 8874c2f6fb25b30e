package java.net;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The patched {@code InetAddress} of Java 8 to 17 calls this in place of its own name service.
 *
 * <p>DEFINED IN THE BOOTSTRAP LOADER, from its octets, so that InetAddress can see it. It uses JDK
 * types only. If the agent's jar were added to the bootstrap class path instead, every JVM with
 * shared classes would print a warning ("Sharing is only supported for boot loader classes because
 * bootstrap classpath has been appended").
 *
 * <p>STAYS WHEN THE AGENT HAS BEEN TAKEN OUT, because the bootstrap loader's classes stay, and
 * serves the next agent, perhaps of another version. That one replaces the methods; it cannot add
 * fields and methods.
 */
final class DotAgentBridge {
  /**
   * Set before InetAddress is patched; of the isolated loader. Null once the agent has been taken
   * out.
   */
  static volatile InvocationHandler lookups;

  private DotAgentBridge() {}

  /** In place of {@code NameService.lookupAllHostAddr}. */
  static InetAddress[] lookupAllHostAddr(Object nameService, String host)
      throws UnknownHostException {
    try {
      InvocationHandler agents = lookups;
      return (InetAddress[])
          (agents == null
              ? ofJdk(nameService, "lookupAllHostAddr", String.class, host)
              : agents.invoke(nameService, null, new Object[] {host}));
    } catch (Throwable thrown) {
      throw asUnknownHost(host, thrown);
    }
  }

  /** In place of {@code NameService.getHostByAddr}. */
  static String getHostByAddr(Object nameService, byte[] address) throws UnknownHostException {
    try {
      InvocationHandler agents = lookups;
      return (String)
          (agents == null
              ? ofJdk(nameService, "getHostByAddr", byte[].class, address)
              : agents.invoke(nameService, null, new Object[] {address}));
    } catch (Throwable thrown) {
      throw asUnknownHost("reverse lookup", thrown);
    }
  }

  /**
   * For a thread that is still in the patched InetAddress while the class gets its own methods
   * back. By reflection, because the name service has another type on Java 8.
   */
  private static Object ofJdk(Object nameService, String method, Class<?> type, Object argument)
      throws Throwable {
    Method own = nameService.getClass().getMethod(method, type);
    own.setAccessible(true);
    try {
      return own.invoke(nameService, argument);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /**
   * The last place that catches exceptions: no defect of the agent may end a thread of the program,
   * and no failure may send a name elsewhere. Errors of the thread itself (no memory, no stack,
   * stopped) are thrown on, as from the JDK's own resolver: if they became an answer, the JDK would
   * keep it for other threads.
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
