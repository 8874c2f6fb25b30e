package io.github.dotagent.it.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.harness.zone.ZoneRecord;
import io.github.dotagent.it.install.Sources;
import io.github.dotagent.it.install.ThirdParty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DNS client of Vert.x sends by itself, past Netty's resolver, and on a native transport past
 * the sockets of the JDK as well.
 */
class VertxIT {
  private static final int TTL = 300; // longer than the test

  private static final Zone ZONE =
      Zone.builder()
          .addresses("www.example.test", TTL, "192.0.2.1")
          .record(ZoneRecord.txt("www.example.test", TTL, "some text"))
          .record(ZoneRecord.mx("www.example.test", TTL, 10, "mail.example.test"))
          .record(ZoneRecord.srv("_shop._tcp.example.test", TTL, "www.example.test", 8443))
          .build();

  private static final String ASKING =
      """
      import io.vertx.core.*;
      import io.vertx.core.dns.*;

      public class Asking {
        public static void main(String[] args) throws Exception {
          boolean wanted = args[0].equals("native");
          Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(wanted));
          System.out.println("native " + vertx.isNativeTransportEnabled());
          DnsClient client =
              vertx.createDnsClient(
                  new DnsClientOptions().setHost("127.0.0.1").setPort(53).setQueryTimeout(60000));
          System.out.println(of(client.resolveA("www.example.test")));
          System.out.println(of(client.resolveTXT("www.example.test")));
          System.out.println(of(client.resolveMX("www.example.test")).get(0).name());
          System.out.println(of(client.resolveSRV("_shop._tcp.example.test")).get(0).port());
          of(vertx.close());
        }

        static <T> T of(Future<T> future) throws Exception {
          return future.toCompletionStage().toCompletableFuture().get();
        }
      }
      """;

  @TempDir Path folder;

  @EachJava(one = true)
  void vertx4OnANativeTransport(JavaHome java) {
    Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "native for x86_64");
    asked(java, "native", "native true");
  }

  @EachJava(few = true)
  void vertx4OnTheSocketsOfTheJdk(JavaHome java) {
    asked(java, "nio", "native false");
  }

  private void asked(JavaHome java, String transport, String transportIs) {
    List<Path> path = new ArrayList<>(ThirdParty.jars("vertx-4"));
    path.add(
        Sources.in(folder).file("Asking.java", ASKING).with(path.toArray(Path[]::new)).compile());
    ChildJvm program =
        ChildJvm.of(java, "Asking").classPath(path.toArray(Path[]::new)).args(transport);
    try (DotUpstream dot = DotUpstream.start(folder, ZONE)) {
      ChildResult result =
          dot.agent().set("bypass", "block").set("log.level", "info").on(program).run();
      assertEquals(
          List.of(transportIs, "[192.0.2.1]", "[some text]", "mail.example.test", "8443"),
          result.stdout(),
          result.toString());
      assertTrue(
          result.stderr().stream()
              .anyMatch(line -> line.contains(" info io.vertx.core.dns.impl.DnsClientImpl asks ")),
          result.toString());
      assertEquals(
          Set.of(
              "_shop._tcp.example.test SRV",
              "www.example.test A",
              "www.example.test MX",
              "www.example.test TXT"),
          dot.questions());
    }
  }
}
