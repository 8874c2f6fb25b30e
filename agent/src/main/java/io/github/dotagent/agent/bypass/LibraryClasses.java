package io.github.dotagent.agent.bypass;

/**
 * The classes of libraries to patch, by their names in class files, also if their package was
 * moved. Loads no class, like SocketClasses.
 */
final class LibraryClasses {
  // both may use TCP alone; the JDK's JNDI client always starts with UDP
  private static final String DNSJAVA = "xbill/DNS/SimpleResolver";
  private static final String MINIDNS = "minidns/source/NetworkDataSource";

  private static final String NETTY = "/resolver/dns/DnsNameResolver";

  // common to all of Netty's channels; some channels are in native code
  private static final String NETTY_HEAD = "/channel/DefaultChannelPipeline$HeadContext";
  private static final String NETTY_PIPELINE = "/channel/DefaultChannelPipeline";
  private static final String NETTY_CHANNEL = "/channel/AbstractChannel";

  /** The AWS Common Runtime's, which asks the system in native code. */
  private static final String NATIVE = "amazon/awssdk/crt/io/HostResolver";

  private LibraryClasses() {}

  /** Whether this class is a sign that the program will use DNS over TCP. */
  static boolean isResolver(String name) {
    return name.endsWith(DNSJAVA) || name.endsWith(MINIDNS);
  }

  /** Whether it is Netty's resolver, which matches a response by the address of the server. */
  static boolean isNetty(String name) {
    return name.endsWith(NETTY);
  }

  /** Whether it is of Netty's channels, whose sockets are perhaps not the JDK's. */
  static boolean isChannel(String name) {
    return name.endsWith(NETTY_HEAD)
        || name.endsWith(NETTY_PIPELINE)
        || name.endsWith(NETTY_CHANNEL);
  }

  /** Whether a class may have no method to patch; for any other class that is a failure. */
  static boolean mayHaveNothing(String name) {
    // Netty 3 and Apache SSHD have classes of these names
    return name.endsWith(NETTY_PIPELINE) || name.endsWith(NETTY_CHANNEL);
  }

  /** Whether the class must be patched. */
  static boolean isPatched(String name) {
    return isNetty(name) || isChannel(name) || isNative(name);
  }

  /** Whether it looks names up in native code, where no patch reaches. */
  static boolean isNative(String name) {
    return name.endsWith(NATIVE);
  }
}
