package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Libraries that connect to a server by its name, each in its own way: with {@code InetAddress}, as
 * Jedis, Kafka and gRPC; with Netty's resolver, as Lettuce and Reactor Netty; with JNDI, as the
 * driver of MongoDB. They reach the server under the address that came over TLS.
 */
class ClientLibrariesIT {
  private static final String ASKING =
      """
      import java.io.*;
      import java.net.*;
      import java.util.*;
      import java.util.concurrent.*;

      public class Asking {
        static int port;

        public static void main(String[] libraries) throws Exception {
          ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
          port = server.getLocalPort();
          Thread serving = new Thread(() -> serve(server));
          serving.setDaemon(true);
          serving.start();
          for (String library : libraries) {
            System.out.println(library + " " + ask(library));
          }
          System.exit(0); // some have threads that go on
        }

        static Object ask(String library) throws Exception {
          switch (library) {
            case "jedis":
              try (redis.clients.jedis.Jedis jedis =
                  new redis.clients.jedis.Jedis("jedis.here.example.test", port)) {
                return jedis.ping();
              }
            case "lettuce":
              return io.lettuce.core.RedisClient.create(
                      "redis://lettuce.here.example.test:" + port)
                  .connect().sync().ping();
            case "reactor":
              return reactor.netty.tcp.TcpClient.create()
                  .host("reactor.here.example.test").port(port)
                  .connectNow().channel().isActive();
            case "kafka":
              Map<String, Object> settings = new HashMap<>();
              settings.put("bootstrap.servers", "kafka.here.example.test:" + port);
              try (AutoCloseable admin = org.apache.kafka.clients.admin.Admin.create(settings)) {
                return "has its addresses";
              }
            case "mongodb":
              return mongodb();
            default:
              return grpc();
          }
        }

        static String mongodb() throws Exception {
          BlockingQueue<String> servers = new LinkedBlockingQueue<>();
          com.mongodb.event.ClusterListener listener =
              new com.mongodb.event.ClusterListener() {
                public void clusterDescriptionChanged(
                    com.mongodb.event.ClusterDescriptionChangedEvent event) {
                  event.getNewDescription().getServerDescriptions()
                      .forEach(one -> servers.add(one.getAddress().getHost()));
                }
              };
          com.mongodb.MongoClientSettings settings =
              com.mongodb.MongoClientSettings.builder()
                  .applyConnectionString(
                      new com.mongodb.ConnectionString(
                          "mongodb+srv://cluster.example.test/?tls=false"))
                  .applyToClusterSettings(cluster -> cluster.addClusterListener(listener))
                  .build();
          try (com.mongodb.client.MongoClient client =
              com.mongodb.client.MongoClients.create(settings)) {
            return "has " + servers.poll(60, TimeUnit.SECONDS);
          }
        }

        static String grpc() throws Exception {
          io.grpc.Server server =
              io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.forAddress(
                      new InetSocketAddress("127.0.0.1", 0))
                  .build().start();
          io.grpc.ManagedChannel channel =
              io.grpc.ManagedChannelBuilder.forTarget(
                      "dns:///grpc.here.example.test:" + server.getPort())
                  .usePlaintext().build();
          io.grpc.MethodDescriptor.Marshaller<byte[]> octets =
              new io.grpc.MethodDescriptor.Marshaller<byte[]>() {
                public InputStream stream(byte[] value) {
                  return new ByteArrayInputStream(value);
                }

                public byte[] parse(InputStream stream) {
                  return new byte[0];
                }
              };
          try {
            io.grpc.stub.ClientCalls.blockingUnaryCall(
                channel,
                io.grpc.MethodDescriptor.<byte[], byte[]>newBuilder()
                    .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("shop.Shop/buy")
                    .setRequestMarshaller(octets)
                    .setResponseMarshaller(octets)
                    .build(),
                io.grpc.CallOptions.DEFAULT,
                new byte[0]);
            return "answered";
          } catch (io.grpc.StatusRuntimeException failed) {
            return "answered " + failed.getStatus().getCode();
          }
        }

        /** A server of Redis that knows nothing but PING. */
        static void serve(ServerSocket server) {
          while (true) {
            try {
              Socket client = server.accept();
              Thread thread = new Thread(() -> serve(client));
              thread.setDaemon(true);
              thread.start();
            } catch (IOException closed) {
              return;
            }
          }
        }

        static void serve(Socket client) {
          try {
            BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), "ISO-8859-1"));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
              int words = Integer.parseInt(line.substring(1));
              String command = "";
              for (int i = 0; i < words; i++) {
                in.readLine();
                String word = in.readLine();
                command = i == 0 ? word.toUpperCase() : command;
              }
              String answer =
                  command.equals("PING")
                      ? "+PONG"
                      : command.equals("HELLO") ? "-ERR unknown command 'HELLO'" : "+OK";
              client.getOutputStream().write((answer + "\\r\\n").getBytes("ISO-8859-1"));
            }
          } catch (IOException | RuntimeException gone) {
            // the client's end, or another protocol
          }
        }
      }
      """;

  @TempDir Path folder;

  /** In one JVM, which also shows that they get on with each other. */
  @EachJava(from = 17, to = 17)
  void connectToTheAddressThatCameOverTls(JavaHome java) {
    connect(java);
  }

  @EachJava(few = true)
  @Tag("wide")
  void onOtherJavas(JavaHome java) {
    connect(java);
  }

  private void connect(JavaHome java) {
    List<Path> path = new ArrayList<>(ThirdParty.jars("clients"));
    path.add(ThirdParty.jar("grpc-netty-shaded"));
    path.add(
        Sources.in(folder).file("Asking.java", ASKING).with(path.toArray(Path[]::new)).compile());
    Watched run =
        Watched.runWithAgent(
            folder,
            ChildJvm.of(java, "Asking")
                .classPath(path.toArray(Path[]::new))
                .args("jedis", "lettuce", "reactor", "kafka", "mongodb", "grpc"));
    run.resolved(
        List.of(
            "jedis PONG",
            "lettuce PONG",
            "reactor true",
            "kafka has its addresses",
            "mongodb has mongo.here.example.test",
            "grpc answered UNIMPLEMENTED"),
        Stream.of("jedis", "lettuce", "reactor", "kafka", "grpc")
            .map(library -> library + ".here.example.test")
            .toArray(String[]::new));
    assertTrue(run.asked().contains("_mongodb._tcp.cluster.example.test SRV"), run::toString);
    assertTrue(run.asked().contains("cluster.example.test TXT"), run::toString);
  }
}
