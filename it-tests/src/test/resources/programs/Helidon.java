/** A virtual thread looks up. */
public final class Helidon {
  public static void reach(int port) throws Exception {
    Thread thread =
        Thread.ofVirtual()
            .start(
                () ->
                    io.helidon.webclient.api.WebClient.builder()
                        .baseUri("http://helidon.here.example.test:" + port)
                        .build()
                        .get("/")
                        .requestEntity(String.class));
    thread.join();
  }
}
