package io.github.dotagent.it.programs;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Paths;

/**
 * Asks a DNS server for a whole zone, over TCP (RFC 5936). The arguments: the server's address; a
 * second one, whatever it is, and it closes its side of the connection once it has asked. Prints
 * how many messages came before the server closed the connection.
 */
public final class ZoneTransfer {
  private static final int DNS = 53;
  private static final int TIMEOUT_MILLIS = 8_000;

  /** So that the server is ahead of this program, by more than the buffers of sockets hold. */
  private static final int SLOW_MILLIS = 300;

  private static final int ATTEMPTS = 200; // a busy machine takes some time to patch classes
  private static final int BETWEEN_MILLIS = 50;

  private static final byte[] QUERY = {
    0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4, 't', 'e', 's', 't', 0, 0, (byte) 252, 0, 1
  };

  private ZoneTransfer() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    try (Socket socket = throughTheAgent(InetAddress.getByName(args[0]))) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(QUERY.length);
      out.write(QUERY);
      if (args.length > 1) {
        socket.shutdownOutput();
      }
      Thread.sleep(SLOW_MILLIS);
      System.out.println("transfer of " + messages(socket));
    }
  }

  /** It looks at TCP where UDP is used, from a moment after that on. */
  private static Socket throughTheAgent(InetAddress server) throws Exception {
    new DatagramSocket().close();
    for (int i = 0; i < ATTEMPTS; i++) {
      Socket socket = new Socket(server, DNS);
      if (!goesToDns(socket)) {
        return socket;
      }
      socket.close();
      Thread.sleep(BETWEEN_MILLIS);
    }
    throw new IOException("the agent does not see TCP");
  }

  /** What the kernel knows of it, proc(5); the socket itself says what the program asked for. */
  private static boolean goesToDns(Socket socket) throws IOException {
    String from = String.format(":%04X", socket.getLocalPort());
    String to = String.format(":%04X", DNS);
    for (String line : Files.readAllLines(Paths.get("/proc/self/net/tcp"))) {
      String[] columns = line.trim().split(" +"); // number, local address, remote address
      if (columns[1].endsWith(from) && columns[2].endsWith(to)) {
        return true;
      }
    }
    return false;
  }

  private static String messages(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int messages = 0;
    try {
      while (true) {
        in.readFully(new byte[in.readUnsignedShort()]);
        messages++;
      }
    } catch (EOFException end) {
      return messages + " messages, then the end";
    } catch (IOException broken) {
      return messages + " messages, then " + broken;
    }
  }
}
