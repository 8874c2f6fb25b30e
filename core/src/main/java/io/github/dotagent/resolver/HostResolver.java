package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Finds the addresses of a host name, and the name of an address. It is the only interface that the
 * hooks call. Safe for use by any number of threads, virtual ones included. The caller's interrupt
 * flag does not end a lookup, and stays set.
 */
public interface HostResolver {
  /**
   * The addresses of a host; at least one. Each address has the host name as the caller spelled it.
   *
   * @throws UnknownHostException if there are none; the message has the attempts and the reason of
   *     each failure
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
