/** Reactor Netty: Netty's DnsNameResolver. */
public final class WebFlux {
  public static void reach(int port) {
    org.springframework.web.reactive.function.client.WebClient.create()
        .get()
        .uri("http://webflux.here.example.test:" + port + "/")
        .retrieve()
        .bodyToMono(String.class)
        .block();
  }
}
