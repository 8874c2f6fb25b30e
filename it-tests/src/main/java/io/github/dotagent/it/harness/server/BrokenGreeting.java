package io.github.dotagent.it.harness.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Plays the server that never comes to TLS; returns when the connection has ended. */
final class BrokenGreeting {
  private static final byte[] TEXT =
      "220 this service does not speak TLS\r\n".getBytes(StandardCharsets.US_ASCII);

  /** The header of a handshake record of 512 octets, and 3 of them (RFC 8446 §5.1). */
  private static final byte[] HALF_RECORD = {22, 3, 3, 2, 0, 2, 0, 1};

  private BrokenGreeting() {}

  static void play(ConnectFault fault, Socket tcp, Ending ending) throws IOException {
    switch (fault) {
      case CLOSE -> ending.abandon();
      case RESET -> ending.reset();
      case PLAIN_TEXT -> {
        write(tcp, TEXT);
        // Half a close, then the rest of the hello: closing with octets unread would send RST and
        // could take the text away before the client reads it.
        tcp.shutdownOutput();
        readToTheEnd(tcp);
      }
      case HALF_HANDSHAKE -> {
        write(tcp, HALF_RECORD);
        readToTheEnd(tcp);
      }
      case SILENCE -> readToTheEnd(tcp);
      default -> throw new AssertionError(fault);
    }
  }

  private static void write(Socket tcp, byte[] octets) throws IOException {
    OutputStream out = tcp.getOutputStream();
    out.write(octets);
    out.flush();
  }

  private static void readToTheEnd(Socket tcp) throws IOException {
    InputStream in = tcp.getInputStream();
    in.transferTo(OutputStream.nullOutputStream());
  }
}
