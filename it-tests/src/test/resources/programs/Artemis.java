public final class Artemis {
  public static void reach(int port) throws Exception {
    new org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory(
            "tcp://artemis.here.example.test:" + port)
        .createConnection();
  }
}
