/** Looks up with InetAddress, on a thread of its pool. */
public final class Jetty {
  public static void reach(int port) throws Exception {
    org.eclipse.jetty.client.HttpClient client = new org.eclipse.jetty.client.HttpClient();
    client.start();
    client.GET("http://jetty.here.example.test:" + port + "/");
  }
}
