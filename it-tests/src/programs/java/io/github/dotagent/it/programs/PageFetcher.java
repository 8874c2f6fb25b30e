package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A little HTTP client, such as anyone might have written: fetches each URL by host name and prints
 * {@code NAME ADDRESS STATUS-LINE}. Ends with 1 when one could not be fetched.
 */
public final class PageFetcher {
  private static final int HTTP_PORT = 80;
  private static final int TIMEOUT_MILLIS = 10_000;

  private PageFetcher() {}

  public static void main(String[] args) {
    LastResort.arm();
    boolean allFetched = true;
    for (String url : args) {
      URI page = URI.create(url);
      try {
        System.out.println(fetch(page));
      } catch (IOException failure) {
        System.out.println(page.getHost() + " failed " + Failures.oneLine(failure));
        allFetched = false;
      }
    }
    System.exit(allFetched ? 0 : 1);
  }

  private static String fetch(URI page) throws IOException {
    int port = page.getPort() < 0 ? HTTP_PORT : page.getPort();
    try (Socket socket = new Socket(InetAddress.getByName(page.getHost()), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String path = page.getRawPath().isEmpty() ? "/" : page.getRawPath();
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + page.getAuthority()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return page.getHost()
          + " "
          + socket.getInetAddress().getHostAddress()
          + " "
          + answer.readLine();
    }
  }
}
