package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Host names to addresses and back: the one interface that the hooks call. Safe for use by any
 * number of threads, virtual ones included; the caller's interrupt flag is neither acted on nor
 * lost.
 */
public interface HostResolver {
  /**
   * The addresses of a host, each carrying the host name as the caller spelled it; at least one.
   *
   * @throws UnknownHostException when there are none, with the attempts and the reasons of their
   *     failure
   */
  InetAddress[] addresses(String host, AddressFamilyPolicy order) throws UnknownHostException;

  /**
   * The name of an address.
   *
   * @param address 4 or 16 octets
   * @throws UnknownHostException when it has none
   */
  String nameOf(byte[] address) throws UnknownHostException;
}
