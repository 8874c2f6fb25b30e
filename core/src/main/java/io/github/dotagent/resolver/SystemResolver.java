package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The JDK's own resolver, called below the agent's hook: for names that belong to the machine and
 * its network. Any name that it gets may leave in the clear.
 */
public interface SystemResolver {
  /**
   * @throws UnknownHostException when it knows no address
   */
  InetAddress[] addresses(String host, AddressFamilyPolicy order) throws UnknownHostException;

  /**
   * @param address 4 or 16 octets
   * @throws UnknownHostException when it knows no name
   */
  String nameOf(byte[] address) throws UnknownHostException;

  /** This machine's name; empty when it is not known. Asks no server. */
  String localHostName();
}
