public final class ActiveMq {
  public static void reach(int port) throws Exception {
    new org.apache.activemq.ActiveMQConnectionFactory("tcp://activemq.here.example.test:" + port)
        .createConnection()
        .start();
  }
}
