/** Netty's DnsNameResolver, in a copy of Netty of its own. */
public final class Pulsar {
  public static void reach(int port) throws Exception {
    org.apache.pulsar.client.api.PulsarClient.builder()
        .serviceUrl("pulsar://pulsar.here.example.test:" + port)
        .build()
        .newProducer()
        .topic("shop")
        .create();
  }
}
