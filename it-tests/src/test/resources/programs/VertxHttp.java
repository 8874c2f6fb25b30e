import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;

/** Netty's DnsNameResolver. */
public final class VertxHttp {
  public static void reach(int port) throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
    vertx.createHttpClient().request(HttpMethod.GET, port, "vertx.here.example.test", "/");
  }
}
