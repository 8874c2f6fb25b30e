package io.github.dotagent.agent.bypass;

/**
 * The classes of libraries to patch, by their names in class files, also if their package was
 * moved. Loads no class, like SocketClasses.
 */
final class LibraryClasses {
  // both can do without UDP; the JDK's own for JNDI begins with it
  private static final String DNSJAVA = "xbill/DNS/SimpleResolver";
  private static final String MINIDNS = "minidns/source/NetworkDataSource";

  private static final String NETTY = "/resolver/dns/DnsNameResolver";

  // what Netty's channels of every kind have in common; some are in native code
  private static final String NETTY_HEAD = "/channel/DefaultChannelPipeline$HeadContext";
  private static final String NETTY_PIPELINE = "/channel/DefaultChannelPipeline";
  private static final String NETTY_CHANNEL = "/channel/AbstractChannel";

  /** The AWS Common Runtime's, which asks the system in native code. */
  private static final String NATIVE = "amazon/awssdk/crt/io/HostResolver";

  private LibraryClasses() {}

  /** Whether it shows that streams will be used for DNS. */
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

  /** Whether it is right that nothing of it is to be patched. */
  static boolean mayHaveNothing(String name) {
    // Netty 3 and Apache SSHD have classes of these names
    return name.endsWith(NETTY_PIPELINE) || name.endsWith(NETTY_CHANNEL);
  }

  /** Whether it is to be patched. */
  static boolean isPatched(String name) {
    return isNetty(name) || isChannel(name) || isNative(name);
  }

  /** Whether nothing in Java can send its names another way. */
  static boolean isNative(String name) {
    return name.endsWith(NATIVE);
  }
}
