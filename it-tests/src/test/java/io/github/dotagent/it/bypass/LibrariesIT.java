package io.github.dotagent.it.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.install.Sources;
import io.github.dotagent.it.install.ThirdParty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

/**
 * Libraries that bring a resolver of their own, each asking a server on loopback that is not there:
 * what they find out has come over TLS.
 */
class LibrariesIT {
  private static final List<String> NETTY =
      List.of(
          "netty-common",
          "netty-buffer",
          "netty-resolver",
          "netty-transport",
          "netty-codec-base",
          "netty-codec-dns",
          "netty-handler",
          "netty-transport-native-unix-common",
          "netty-resolver-dns",
          "netty-transport-classes-epoll",
          "netty-transport-native-epoll");

  private static final String DNSJAVA =
      """
      import org.xbill.DNS.*;

      public class Asking {
        public static void main(String[] args) throws Exception {
          Resolver resolver = new SimpleResolver("127.0.0.1");
          resolver.setTCP(args[0].equals("overTcp"));
          Lookup lookup = new Lookup("www.example.test", Type.AAAA);
          lookup.setResolver(resolver);
          System.out.println(lookup.run()[0].rdataToString());
        }
      }
      """;

  private static final String MINIDNS =
      """
      import java.net.InetAddress;
      import org.minidns.dnsmessage.*;
      import org.minidns.record.Record;
      import org.minidns.source.NetworkDataSource;

      public class Asking {
        public static void main(String[] args) throws Exception {
          Question question = new Question("www.example.test", Record.TYPE.AAAA);
          DnsMessage query =
              DnsMessage.builder().setQuestion(question).setRecursionDesired(true).build();
          InetAddress server = InetAddress.getByName("127.0.0.1");
          DnsMessage response = new NetworkDataSource().query(query, server, 53).response;
          System.out.println(response.answerSection.get(0).payloadData);
        }
      }
      """;

  /** Under the name of one that looks names up in native code, and does nothing. */
  private static final String NATIVE_RESOLVER =
      """
      package software.amazon.awssdk.crt.io;

      public class HostResolver {
        public HostResolver() {
          System.out.println("made");
        }
      }
      """;

  private static final String MAKING_IT =
      """
      public class Asking {
        public static void main(String[] args) {
          try {
            new software.amazon.awssdk.crt.io.HostResolver();
          } catch (Exception refused) {
            System.out.println(refused.getMessage());
          }
        }
      }
      """;

  private static final String NETTY_NAMES =
      """
      import io.netty.bootstrap.*;
      import io.netty.channel.*;
      import io.netty.channel.epoll.*;
      import io.netty.channel.nio.*;
      import io.netty.channel.socket.nio.*;
      import io.netty.resolver.dns.*;
      import java.net.InetSocketAddress;

      public class Asking {
        public static void main(String[] args) throws Exception {
          boolean epoll = args[0].equals("epoll");
          IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
          EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, io);
          DnsNameResolver resolver =
              new DnsNameResolverBuilder(group.next())
                  .datagramChannelType(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                  .socketChannelType(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                  .queryTimeoutMillis(60_000) // a busy machine makes its first TLS session late
                  .nameServerProvider(
                      new SingletonDnsServerAddressStreamProvider(
                          new InetSocketAddress("127.0.0.1", 53)))
                  .build();
          System.out.println(resolver.resolve("www.example.test").get().getHostAddress());
          group.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).sync();
        }
      }
      """;

  @TempDir Path folder;

  /** What is asked with a library. */
  private record Asking(String source, String library, String question, String answer) {}

  private static final Asking WITH_DNSJAVA =
      new Asking(DNSJAVA, "org.xbill.DNS.", "www.example.test AAAA", "2001:db8:0:0:0:0:0:1");

  private static final Asking WITH_MINIDNS =
      new Asking(MINIDNS, "org.minidns.", "www.example.test AAAA", "2001:db8:0:0:0:0:0:1");

  private static final Asking WITH_NETTY =
      new Asking(
          NETTY_NAMES, "io.netty.resolver.dns.DnsNameResolver ", "www.example.test A", "192.0.2.1");

  @EachJava(one = true)
  void dnsjava(JavaHome java) {
    List<String> jars = List.of("dnsjava", "slf4j-api");
    asked(java, WITH_DNSJAVA, "overUdp", jars);
    asked(java, WITH_DNSJAVA, "overTcp", jars);
  }

  @EachJava(from = 11, one = true) // as MiniDNS
  void minidns(JavaHome java) {
    asked(java, WITH_MINIDNS, "", List.of("minidns-core", "minidns-client"));
  }

  /** Its queries are not seen or sent; only its presence is reported. */
  @EachJava(few = true)
  void aResolverInNativeCode(JavaHome java) {
    Path classes =
        Sources.in(folder)
            .file("Asking.java", MAKING_IT)
            .file("HostResolver.java", NATIVE_RESOLVER)
            .compile();
    ChildJvm program = ChildJvm.of(java, "Asking").classPath(classes);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      String who = "software.amazon.awssdk.crt.io.HostResolver asks the system, in native code";
      ChildResult routed = dot.agent().on(program).run();
      assertEquals(List.of("made"), routed.stdout(), routed.toString());
      assertTrue(
          routed.stderr().stream()
              .anyMatch(line -> line.contains("warn " + who + ", by itself: in the clear")),
          routed.toString());
      ChildResult blocked = dot.agent().set("bypass", "block").on(program).run();
      assertEquals(
          List.of(
              "names looked up in native code would leave in the clear (dotagent.bypass=block)"),
          blocked.stdout(),
          blocked.toString());
    }
  }

  /** The second where the machine has a processor that its native part is for. */
  @EachJava(one = true)
  void netty(JavaHome java) {
    asked(java, WITH_NETTY, "nio", NETTY);
    if (System.getProperty("os.arch").equals("amd64")) {
      asked(java, WITH_NETTY, "epoll", NETTY);
    }
  }

  /** The servers of all other names are not there: those of the zone alone can have answered. */
  @EachJava(few = true)
  void queriesForAZoneGoToItsServers(JavaHome java) {
    UnaryOperator<Agent> zoned =
        agent ->
            agent
                .set("upstreams", "127.0.0.1@1#" + DotUpstream.NAME)
                .set("zones", "example.test=" + agent.settings().get("upstreams"));
    asked(java, WITH_DNSJAVA, "overUdp", List.of("dnsjava", "slf4j-api"), zoned);
    asked(java, WITH_NETTY, "nio", NETTY, zoned);
  }

  private void asked(JavaHome java, Asking asking, String way, List<String> jars) {
    asked(java, asking, way, jars, UnaryOperator.identity());
  }

  private void asked(
      JavaHome java, Asking asking, String way, List<String> jars, UnaryOperator<Agent> settings) {
    List<Path> path = new ArrayList<>(jars.stream().map(ThirdParty::jar).toList());
    Path[] libraries = path.toArray(Path[]::new);
    path.add(
        Sources.in(folder.resolve(way))
            .file("Asking.java", asking.source)
            .with(libraries)
            .compile());
    ChildJvm program = ChildJvm.of(java, "Asking").classPath(path.toArray(Path[]::new)).args(way);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult asked = settings.apply(dot.agent()).set("log.level", "info").on(program).run();
      assertEquals(List.of(asking.answer), asked.stdout(), asked.toString());
      assertTrue(
          asked.stderr().stream().anyMatch(line -> line.contains(" info " + asking.library)),
          asked.toString());
      assertTrue(dot.questions().contains(asking.question), dot.questions().toString());
    }
  }
}
