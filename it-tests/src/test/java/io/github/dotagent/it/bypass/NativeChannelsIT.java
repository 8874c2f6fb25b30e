package io.github.dotagent.it.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Netty's channels in native code, without Netty's resolver: what a program sends with them goes
 * over TLS, also with {@code bypass=block}, where what cannot go is refused.
 */
class NativeChannelsIT {
  private static final String SERVER = "/127.0.0.1:53";

  private static final List<String> NETTY =
      List.of(
          "netty-common",
          "netty-buffer",
          "netty-resolver",
          "netty-transport",
          "netty-transport-native-unix-common",
          "netty-transport-classes-epoll",
          "netty-transport-native-epoll",
          "netty-transport-classes-io_uring",
          "netty-transport-native-io_uring");

  private static final String CHANNELS =
      """
      import io.netty.bootstrap.*;
      import io.netty.buffer.*;
      import io.netty.channel.*;
      import io.netty.channel.epoll.*;
      import io.netty.channel.nio.*;
      import io.netty.channel.socket.*;
      import io.netty.channel.socket.nio.*;
      import java.net.InetSocketAddress;
      import java.util.concurrent.*;

      public class Asking {
        static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 53);
        static final BlockingQueue<String> ANSWERS = new LinkedBlockingQueue<>();

        static byte[] query(int flags) {
          return new byte[] {
            0x12, 0x67, (byte) flags, 0, 0, 1, 0, 0, 0, 0, 0, 0,
            3, 'w', 'w', 'w', 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 4, 't', 'e', 's', 't', 0,
            0, 1, 0, 1
          };
        }

        static ByteBuf octets(int flags) {
          return Unpooled.directBuffer().writeBytes(query(flags));
        }

        @ChannelHandler.Sharable
        static final class Reader extends ChannelInboundHandlerAdapter {
          public void channelRead(ChannelHandlerContext context, Object message) {
            boolean udp = message instanceof DatagramPacket;
            ByteBuf octets = udp ? ((DatagramPacket) message).content() : (ByteBuf) message;
            int at = octets.readerIndex() + (udp ? 0 : 2);
            ANSWERS.add(
                "rcode " + (octets.getByte(at + 3) & 15)
                    + ", " + octets.getUnsignedShort(at + 6)
                    + " answers from "
                    + (udp ? ((DatagramPacket) message).sender() : context.channel().remoteAddress()));
            octets.release();
          }
        }

        static void say(String what) throws Exception {
          System.out.println(what + " " + ANSWERS.poll(60, TimeUnit.SECONDS));
        }

        public static void main(String[] kinds) throws Exception {
          for (String kind : kinds) {
            ask(kind);
          }
        }

        static void ask(String kind) throws Exception {
          EventLoopGroup group;
          Class<? extends Channel> datagrams = EpollDatagramChannel.class;
          Class<? extends Channel> streams = EpollSocketChannel.class;
          switch (kind) {
            case "epoll":
              group = new EpollEventLoopGroup(1);
              break;
            //URING
            default:
              group = new NioEventLoopGroup(1);
              datagrams = NioDatagramChannel.class;
              streams = NioSocketChannel.class;
          }
          Bootstrap udp = new Bootstrap().group(group).channel(datagrams).handler(new Reader());
          Channel channel = udp.bind(0).sync().channel();
          channel.writeAndFlush(new DatagramPacket(octets(1), SERVER)).sync();
          say(kind + " udp");
          channel.writeAndFlush(new DefaultAddressedEnvelope<>(octets(1), SERVER)).sync();
          say(kind + " envelope");
          channel.writeAndFlush(new DatagramPacket(octets(0), SERVER)).sync();
          say(kind + " authoritative");
          channel.close().sync();
          channel = udp.connect(SERVER).sync().channel();
          channel.writeAndFlush(octets(1)).sync();
          say(kind + " connected to " + channel.remoteAddress());
          channel.close().sync();
          channel =
              new Bootstrap().group(group).channel(streams).handler(new Reader())
                  .connect(SERVER).sync().channel();
          channel.writeAndFlush(Unpooled.buffer().writeShort(query(1).length).writeBytes(query(1)));
          say(kind + " tcp");
          channel.close().sync();
          group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
      }
      """;

  private static final String URING =
      """
      case "io_uring":
                if (!io.netty.channel.uring.IoUring.isAvailable()) {
                  System.out.println(
                      "io_uring is not there: " + io.netty.channel.uring.IoUring.unavailabilityCause());
                  return;
                }
                group = new MultiThreadIoEventLoopGroup(
                    1, io.netty.channel.uring.IoUringIoHandler.newFactory());
                datagrams = io.netty.channel.uring.IoUringDatagramChannel.class;
                streams = io.netty.channel.uring.IoUringSocketChannel.class;
                break;
      """;

  @TempDir Path folder;

  @BeforeAll
  static void assumeTheirProcessor() {
    String reason = "the native parts are there for x86_64";
    boolean possible = System.getProperty("os.arch").equals("amd64");
    if (!possible) {
      System.out.println(NativeChannelsIT.class.getSimpleName() + " skipped: " + reason);
    }
    Assumptions.assumeTrue(possible, reason);
  }

  @EachJava(one = true)
  void goOverTls(JavaHome java) {
    ChildResult result =
        asked(java, CHANNELS.replace("//URING", URING), NETTY, "nio", "epoll", "io_uring");
    List<String> expected = new ArrayList<>(expected("nio"));
    expected.addAll(expected("epoll"));
    result.stdout().stream()
        .filter(line -> line.startsWith("io_uring is not there"))
        .findAny()
        .ifPresentOrElse(
            line -> {
              System.out.println(NativeChannelsIT.class.getSimpleName() + " skipped: " + line);
              expected.add(line);
            },
            () -> expected.addAll(expected("io_uring")));
    assertEquals(expected, result.stdout(), result.toString());
  }

  @EachJava(few = true)
  void shadedCopiesOfNettyAreCovered(JavaHome java) {
    String source = CHANNELS.replace("io.netty.", "io.grpc.netty.shaded.io.netty.");
    ChildResult result = asked(java, source, List.of("grpc-netty-shaded"), "epoll");
    assertEquals(expected("epoll"), result.stdout(), result.toString());
  }

  private static List<String> expected(String kind) {
    String answered = " rcode 0, 2 answers from " + SERVER;
    return List.of(
        kind + " udp" + answered,
        kind + " envelope" + answered,
        kind + " authoritative rcode 5, 0 answers from " + SERVER,
        kind + " connected to " + SERVER + answered,
        kind + " tcp" + answered);
  }

  private ChildResult asked(JavaHome java, String source, List<String> jars, String... kinds) {
    List<Path> path = new ArrayList<>(jars.stream().map(ThirdParty::jar).toList());
    path.add(
        Sources.in(folder).file("Asking.java", source).with(path.toArray(Path[]::new)).compile());
    ChildJvm program =
        ChildJvm.of(java, "Asking")
            .classPath(path.toArray(Path[]::new))
            .jvmArgs("-Djava.net.preferIPv4Stack=true")
            .args(kinds);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult result =
          dot.agent().set("bypass", "block").set("log.level", "info").on(program).run();
      assertTrue(
          result.stderr().stream()
              .anyMatch(line -> line.contains(" asks 127.0.0.1@53 by itself: over TLS")),
          result.toString());
      assertTrue(dot.questions().contains("www.example.test A"), dot.questions().toString());
      return result;
    }
  }
}
