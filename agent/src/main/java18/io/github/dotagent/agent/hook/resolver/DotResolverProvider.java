package io.github.dotagent.agent.hook.resolver;

import io.github.dotagent.resolver.HostResolver;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.function.Supplier;

/**
 * The provider that the JDK's ServiceLoader finds and makes. It makes the provider without
 * arguments, so the resolver is stored here first. Only the isolated loader has the service file
 * that names it.
 */
public final class DotResolverProvider extends InetAddressResolverProvider {
  private static volatile HostResolver served;
  private static volatile BuiltinResolver builtin;

  static void serve(HostResolver resolver) {
    served = resolver;
  }

  /** The JDK's own resolver; null until the JDK has chosen this provider. */
  static BuiltinResolver builtin() {
    return builtin;
  }

  static void keepBuiltin(BuiltinResolver resolver) {
    builtin = resolver;
  }

  @Override
  public InetAddressResolver get(final Configuration configuration) {
    // no method reference: premain runs this, and the first one of a JVM costs milliseconds
    Supplier<String> localHostName =
        new Supplier<>() {
          @Override
          public String get() {
            return configuration.lookupLocalHostName();
          }
        };
    keepBuiltin(new BuiltinResolver(configuration.builtinResolver(), localHostName));
    return new DotResolver(served);
  }

  @Override
  public String name() {
    return "dot-agent";
  }
}
