package io.github.dotagent.it.programs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Fetches each URL with {@code java.net.http} and prints {@code ok STATUS FIRST-LINE} or {@code
 * failed CLASS: MESSAGE}, followed by {@code | CLASS: MESSAGE} for each cause: the client wraps an
 * unknown host in its own exception.
 */
public final class HttpClientProgram {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private HttpClientProgram() {}

  public static void main(String[] args) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    for (String url : args) {
      System.out.println(fetch(client, url));
    }
    System.exit(0); // not waiting for the client's threads
  }

  private static String fetch(HttpClient client, String url) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
    try {
      HttpResponse<String> page = client.send(request, HttpResponse.BodyHandlers.ofString());
      return "ok " + page.statusCode() + " " + page.body().lines().findFirst().orElse("");
    } catch (IOException failure) {
      StringBuilder line = new StringBuilder("failed " + oneLine(failure));
      for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
        line.append(" | ").append(oneLine(cause));
      }
      return line.toString();
    }
  }

  private static String oneLine(Throwable failure) {
    return failure.getClass().getName()
        + ": "
        + String.valueOf(failure.getMessage()).replace('\n', ' ');
  }
}
