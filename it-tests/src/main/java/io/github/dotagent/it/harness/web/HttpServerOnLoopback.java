package io.github.dotagent.it.harness.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Pages over plain HTTP on a loopback address, and a record of who asked for which by which host
 * name. An unknown path is 404. Thread-safe.
 */
public final class HttpServerOnLoopback implements AutoCloseable {
  private static final int DEFAULT_BACKLOG = 0; // com.sun.net.httpserver's word for "the system's"

  private final HttpServer server;
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final List<PageRequest> requests = new CopyOnWriteArrayList<>();

  private HttpServerOnLoopback(HttpServer server) {
    this.server = server;
  }

  /**
   * One request.
   *
   * @param host the Host header: the name as the client's URL has it, with the port
   */
  public record PageRequest(String host, String path) {}

  /**
   * Listens when this returns.
   *
   * @param address literal of a loopback address
   * @param port 0: any that is free
   */
  public static HttpServerOnLoopback start(String address, int port) {
    try {
      InetAddress literal = InetAddress.getByName(address); // of a literal: no lookup
      HttpServer server = HttpServer.create(new InetSocketAddress(literal, port), DEFAULT_BACKLOG);
      HttpServerOnLoopback pages = new HttpServerOnLoopback(server);
      server.createContext("/", pages::answer);
      server.start();
      return pages;
    } catch (IOException cannotListen) {
      throw new UncheckedIOException("cannot listen on " + address + " port " + port, cannotListen);
    }
  }

  /** On 127.0.0.1, a free port. */
  public static HttpServerOnLoopback start() {
    return start("127.0.0.1", 0);
  }

  /** Adds or changes a page of plain text. */
  public HttpServerOnLoopback page(String path, String body) {
    pages.put(path, body);
    return this;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The requests so far, in order of arrival. */
  public List<PageRequest> requests() {
    return List.copyOf(requests);
  }

  /** Stops at once; exchanges under way are broken off. */
  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(new PageRequest(exchange.getRequestHeaders().getFirst("Host"), path));
      String body = pages.get(path);
      byte[] octets = (body == null ? "no such page" : body).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(body == null ? 404 : 200, octets.length);
      exchange.getResponseBody().write(octets);
    }
  }
}
