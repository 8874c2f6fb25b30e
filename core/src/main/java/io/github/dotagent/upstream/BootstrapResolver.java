package io.github.dotagent.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Looks up the addresses of servers that the user gave by name. This is the only question that is
 * asked without DNS over TLS, because the first server cannot be reached otherwise.
 */
public interface BootstrapResolver {
  /**
   * Blocks.
   *
   * @throws UnknownHostException when it knows none
   */
  InetAddress[] addressesOf(String name) throws UnknownHostException;
}
