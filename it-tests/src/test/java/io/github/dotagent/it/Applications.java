package io.github.dotagent.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Libraries on an application's class path that conflict with those in the jar. */
final class Applications {
  /** Classes that the agent carries as well. */
  static final List<String> CARRIED =
      List.of(
          "org.xbill.DNS.Message",
          "org.slf4j.LoggerFactory",
          "com.github.benmanes.caffeine.cache.Caffeine",
          "net.bytebuddy.jar.asm.ClassReader");

  private Applications() {}

  /** Looks a name up, then prints the origin of each class or resource. */
  static Path program(Path folder) {
    String main =
        """
        package app;

        public final class Main {
          public static void main(String[] args) throws Exception {
            System.out.println(java.net.InetAddress.getByName(args[0]).getHostAddress());
            for (int i = 1; i < args.length; i++) {
              System.out.println(args[i] + " " + whose(args[i]));
            }
          }

          private static Object whose(String name) throws Exception {
            if (name.indexOf('/') >= 0) {
              return Main.class.getClassLoader().getResource(name) == null ? "absent" : "present";
            }
            try {
              return Class.forName(name).getField("OWNER").get(null);
            } catch (ClassNotFoundException absent) {
              return "absent";
            } catch (NoSuchFieldException somebodyElses) {
              return "present";
            }
          }
        }
        """;
    return Compiled.into(folder, 8, Map.of("app.Main", main));
  }

  /** Other classes under the names of {@link #CARRIED}. */
  static Path libraries(Path folder) {
    Map<String, String> sources = new HashMap<>();
    for (String name : CARRIED) {
      int dot = name.lastIndexOf('.');
      sources.put(
          name,
          "package %s; public final class %s { public static final String OWNER = \"app\"; }"
              .formatted(name.substring(0, dot), name.substring(dot + 1)));
    }
    return Compiled.into(folder, 8, sources);
  }

  /** A resolver provider that answers every name with 198.51.100.1, under dnsjava's name. */
  static Path resolverProvider(Path folder) {
    String name = "org.xbill.DNS.spi.DnsjavaInetAddressResolverProvider";
    String provider =
        """
        package org.xbill.DNS.spi;

        import java.net.InetAddress;
        import java.net.UnknownHostException;
        import java.net.spi.InetAddressResolver;
        import java.net.spi.InetAddressResolverProvider;
        import java.util.stream.Stream;

        public final class DnsjavaInetAddressResolverProvider extends InetAddressResolverProvider {
          public InetAddressResolver get(Configuration configuration) {
            return new InetAddressResolver() {
              public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                  throws UnknownHostException {
                byte[] address = {(byte) 198, 51, 100, 1};
                return Stream.of(InetAddress.getByAddress(host, address));
              }

              public String lookupByAddress(byte[] address) throws UnknownHostException {
                throw new UnknownHostException();
              }
            };
          }

          public String name() {
            return "other";
          }
        }
        """;
    try {
      Path services = Files.createDirectories(folder.resolve("META-INF/services"));
      Files.writeString(services.resolve("java.net.spi.InetAddressResolverProvider"), name);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
    return Compiled.into(folder, 18, Map.of(name, provider));
  }
}
