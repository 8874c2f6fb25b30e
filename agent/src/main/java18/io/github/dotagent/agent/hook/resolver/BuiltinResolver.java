package io.github.dotagent.agent.hook.resolver;

import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.SystemResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The resolver that Java 18 and newer have built in. */
final class BuiltinResolver implements SystemResolver {
  private final InetAddressResolver builtin;
  private final Supplier<String> localHostName;

  BuiltinResolver(InetAddressResolver builtin, Supplier<String> localHostName) {
    this.builtin = builtin;
    this.localHostName = localHostName;
  }

  @Override
  public InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    try (Stream<InetAddress> found =
        builtin.lookupByName(host, LookupPolicy.of(DotResolver.bitsOf(order)))) {
      return found.toArray(InetAddress[]::new);
    }
  }

  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    return builtin.lookupByAddress(address);
  }

  @Override
  public String localHostName() {
    String name = localHostName.get();
    return name == null ? "" : name;
  }
}
