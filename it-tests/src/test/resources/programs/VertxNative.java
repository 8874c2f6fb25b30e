import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.SrvRecord;

/** Its own DNS client on epoll; then a connection to what that found. */
public final class VertxNative {
  public static void reach(int port) throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    if (!vertx.isNativeTransportEnabled()) {
      throw new IllegalStateException("not native");
    }
    DnsClient client =
        vertx.createDnsClient(
            new DnsClientOptions().setHost("127.0.0.1").setPort(53).setQueryTimeout(60000));
    SrvRecord found =
        client
            .resolveSRV("_vertx._tcp.example.test")
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .get(0);
    String address =
        client.resolveA(found.target()).toCompletionStage().toCompletableFuture().get().get(0);
    new java.net.Socket(address, port).close();
  }
}
