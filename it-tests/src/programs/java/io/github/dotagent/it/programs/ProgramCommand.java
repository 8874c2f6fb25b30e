package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.Security;

/** The commands of {@link LookupProgram}. Every one ends by itself. */
enum ProgramCommand {
  /** NAME: the first address. */
  BY_NAME("byName", 1) {
    @Override
    String perform(String[] args) throws IOException {
      return InetAddress.getByName(args[0]).getHostAddress();
    }
  },

  /** NAME: all addresses, in order. */
  ALL_BY_NAME("allByName", 1) {
    @Override
    String perform(String[] args) throws IOException {
      StringBuilder all = new StringBuilder();
      for (InetAddress address : InetAddress.getAllByName(args[0])) {
        all.append(all.length() == 0 ? "" : " ").append(address.getHostAddress());
      }
      return all.toString();
    }
  },

  /** ADDRESS: its names, as an address without a name is asked for them. */
  REVERSE("reverse", 1) {
    @Override
    String perform(String[] args) throws IOException {
      byte[] octets = InetAddress.getByName(args[0]).getAddress();
      String canonical = InetAddress.getByAddress(octets).getCanonicalHostName();
      String host = InetAddress.getByAddress(octets).getHostName();
      return "canonical=" + canonical + " host=" + host;
    }
  },

  /** NAME PORT: sends a line, gives the address reached and the line that came back. */
  SOCKET("socket", 2) {
    @Override
    String perform(String[] args) throws IOException {
      try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
        return socket.getInetAddress().getHostAddress() + " " + firstLine(socket.getInputStream());
      }
    }
  },

  /** URL: the status and the first line of the page. */
  HTTP("http", 1) {
    @Override
    String perform(String[] args) throws IOException {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(args[0]).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream page = connection.getInputStream()) {
        return connection.getResponseCode() + " " + firstLine(page);
      }
    }
  },

  /** NAME: the failure of its lookup with every cause; an address is a failure of the test. */
  WHY("why", 1) {
    @Override
    String perform(String[] args) {
      try {
        return "found " + InetAddress.getByName(args[0]).getHostAddress();
      } catch (UnknownHostException failure) {
        return Failures.withCauses(failure);
      }
    }
  },

  /** NAME THREADS: so many threads look it up at once, each in a spelling of its own. */
  BURST("burst", 2) {
    @Override
    String perform(String[] args) throws IOException {
      return Burst.of(args[0], Integer.parseInt(args[1]));
    }
  },

  /** KEY VALUE: sets a security property. */
  SECURITY("security", 2) {
    @Override
    String perform(String[] args) {
      Security.setProperty(args[0], args[1]);
      return "set";
    }
  },

  /** NAME, or {@code *} for all: as the agent's own command line does. */
  FLUSH("flush", 1) {
    @Override
    String perform(String[] args) throws IOException {
      AgentInside.flush(args[0]);
      return "flushed";
    }
  };

  /** Longer than any lookup, shorter than a test. */
  private static final int TIMEOUT_MILLIS = 10_000;

  private final String word;
  private final int arguments;

  ProgramCommand(String word, int arguments) {
    this.word = word;
    this.arguments = arguments;
  }

  /** Null for a word that is no command. */
  static ProgramCommand named(String word) {
    for (ProgramCommand command : values()) {
      if (command.word.equals(word)) {
        return command;
      }
    }
    return null;
  }

  int arguments() {
    return arguments;
  }

  abstract String perform(String[] args) throws IOException;

  private static String firstLine(InputStream in) throws IOException {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
  }
}
