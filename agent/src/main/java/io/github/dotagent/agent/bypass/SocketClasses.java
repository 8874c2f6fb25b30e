package io.github.dotagent.agent.bypass;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Which classes are looked at, by the names that class files have. */
final class SocketClasses {
  /** With these DNS is done; a program that loads none of them has no other resolver in it. */
  private static final Set<String> DATAGRAMS =
      new HashSet<>(
          Arrays.asList(
              "java/net/DatagramSocket",
              "sun/nio/ch/DatagramSocketAdaptor",
              "sun/nio/ch/DatagramChannelImpl"));

  /** And with these when a response was too long; every program loads some of them. */
  private static final Set<String> STREAMS =
      new HashSet<>(
          Arrays.asList(
              "java/net/Socket",
              "sun/nio/ch/SocketAdaptor",
              "sun/nio/ch/SocketChannelImpl",
              "sun/nio/ch/AsynchronousSocketChannelImpl"));

  /** Resolvers that can do without UDP, wherever their package has been moved to. */
  private static final String[] RESOLVERS = {
    "xbill/DNS/SimpleResolver", "minidns/source/NetworkDataSource", "sun/jndi/dns/DnsClient"
  };

  private SocketClasses() {}

  static boolean isDatagrams(String name) {
    return DATAGRAMS.contains(name);
  }

  static boolean isStreams(String name) {
    return STREAMS.contains(name);
  }

  /** Whether it is a sign that streams are going to be used for DNS. */
  static boolean isResolver(String name) {
    for (String resolver : RESOLVERS) {
      if (name.endsWith(resolver)) {
        return true;
      }
    }
    return false;
  }
}
