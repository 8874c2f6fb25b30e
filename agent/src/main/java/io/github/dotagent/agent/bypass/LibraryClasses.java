package io.github.dotagent.agent.bypass;

/**
 * Which classes of libraries are looked at, by the names that class files have, wherever their
 * package has been moved to. It loads no class, as SocketClasses does not.
 */
final class LibraryClasses {
  // both can do without UDP; the JDK's own for JNDI begins with it
  private static final String DNSJAVA = "xbill/DNS/SimpleResolver";
  private static final String MINIDNS = "minidns/source/NetworkDataSource";

  /** Netty's: on Linux and macOS its sockets are often its own, in native code. */
  private static final String NETTY = "/resolver/dns/DnsNameResolver";

  /** The AWS Common Runtime's, which asks the system in native code. */
  private static final String NATIVE = "amazon/awssdk/crt/io/HostResolver";

  private LibraryClasses() {}

  /** Whether it is a sign that streams are going to be used for DNS. */
  static boolean isResolver(String name) {
    return name.endsWith(DNSJAVA) || name.endsWith(MINIDNS);
  }

  /** Whether it asks servers by sockets that are perhaps not the JDK's. */
  static boolean isNetty(String name) {
    return name.endsWith(NETTY);
  }

  /** Whether nothing in Java can send its names another way. */
  static boolean isNative(String name) {
    return name.endsWith(NATIVE);
  }
}
