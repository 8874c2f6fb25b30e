public final class RabbitMq {
  public static void reach(int port) throws Exception {
    com.rabbitmq.client.ConnectionFactory factory = new com.rabbitmq.client.ConnectionFactory();
    factory.setHost("rabbitmq.here.example.test");
    factory.setPort(port);
    factory.newConnection();
  }
}
