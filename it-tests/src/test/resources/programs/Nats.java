public final class Nats {
  public static void reach(int port) throws Exception {
    io.nats.client.Nats.connect("nats://nats.here.example.test:" + port);
  }
}
