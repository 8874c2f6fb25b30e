import java.net.InetSocketAddress;

public final class Cassandra {
  public static void reach(int port) {
    com.datastax.oss.driver.api.core.CqlSession.builder()
        .addContactPoint(InetSocketAddress.createUnresolved("cassandra.here.example.test", port))
        .withLocalDatacenter("here")
        .build();
  }
}
