package io.github.dotagent.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Tells the addresses of servers that the user gave by name: the only question that is ever asked
 * without DNS over TLS, for there is no other way to the first server.
 */
public interface BootstrapResolver {
  /**
   * Blocks.
   *
   * @throws UnknownHostException when it knows none
   */
  InetAddress[] addressesOf(String name) throws UnknownHostException;
}
