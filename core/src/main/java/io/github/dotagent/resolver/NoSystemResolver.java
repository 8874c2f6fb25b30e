package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A system resolver that knows no name. It serves lookups that must not reach the real one.
 * Immutable.
 */
public class NoSystemResolver implements SystemResolver {
  private final String ownName;

  /**
   * @param ownName the name of this machine; empty if it does not matter
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
