/** Netty's DnsNameResolver, which it asks again and again. */
public final class Redisson {
  public static void reach(int port) {
    org.redisson.config.Config config = new org.redisson.config.Config();
    config.useSingleServer().setAddress("redis://redisson.here.example.test:" + port);
    org.redisson.Redisson.create(config);
  }
}
