package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Knows no name, for lookups that must not reach the system resolver. Immutable. */
public class NoSystemResolver implements SystemResolver {
  private final String ownName;

  /**
   * @param ownName this machine's; empty when it does not matter
   */
  public NoSystemResolver(String ownName) {
    this.ownName = ownName;
  }

  @Override
  public final InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    throw new UnknownHostException(host);
  }

  @Override
  public final String nameOf(byte[] address) throws UnknownHostException {
    throw new UnknownHostException();
  }

  @Override
  public final String localHostName() {
    return ownName;
  }
}
