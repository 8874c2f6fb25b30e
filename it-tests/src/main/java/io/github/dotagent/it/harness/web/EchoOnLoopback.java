package io.github.dotagent.it.harness.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one line of each connection and sends it back with {@code echo } before it: what a program
 * that opens a socket by name can talk to. Connections are served one after the other. Thread-safe.
 */
public final class EchoOnLoopback implements AutoCloseable {
  private static final int BACKLOG = 50; // the JDK's own default
  private static final int SILENT_MILLIS = 10_000; // a client that says nothing blocks no other

  private final ServerSocket listener;

  private EchoOnLoopback(ServerSocket listener) {
    this.listener = listener;
  }

  /** On a free port of a loopback address, given as a literal. */
  public static EchoOnLoopback start(String address) {
    return start(address, 0);
  }

  /** On that port of it. */
  public static EchoOnLoopback start(String address, int port) {
    try {
      InetAddress literal = InetAddress.getByName(address); // of a literal: no lookup
      EchoOnLoopback echo = new EchoOnLoopback(new ServerSocket(port, BACKLOG, literal));
      Thread thread = new Thread(echo::serve, "echo");
      thread.setDaemon(true);
      thread.start();
      return echo;
    } catch (IOException cannotListen) {
      throw new UncheckedIOException("cannot listen on " + address, cannotListen);
    }
  }

  /** On 127.0.0.1. */
  public static EchoOnLoopback start() {
    return start("127.0.0.1");
  }

  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        client.setSoTimeout(SILENT_MILLIS);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        String answer = "echo " + in.readLine() + "\n";
        client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      } catch (SocketException closedOrAborted) {
        // Closed: the loop ends. Aborted by the client: the next one.
      } catch (IOException oneClientsTrouble) {
        // Silent for too long: the next one.
      }
    }
  }
}
