package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;

/**
 * Does one thing at a time under {@link Tally}, one for each line of stdin, and answers with a line
 * for each method that ran and an empty one. Arguments: {@code cached DOMAIN} (one name, which is
 * in the agent's cache from the second time on), {@code new DOMAIN} (a name that no lookup had), or
 * {@code bare DOMAIN PORT PEM NAME} (A and AAAA of such a name by {@link BareTls}).
 */
public final class CountedLookups {
  private CountedLookups() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    LoadFigures.Way way = way(args);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    int number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String name = (args[0].equals("cached") ? "same" : "n" + number++) + '.' + args[1];
      Tally.begin();
      way.lookUp(name);
      System.out.println(Tally.end());
    }
  }

  private static LoadFigures.Way way(String[] args) throws Exception {
    if (!args[0].equals("bare")) {
      return new LoadFigures.Way() {
        @Override
        public void lookUp(String name) throws Exception {
          InetAddress.getAllByName(name);
        }
      };
    }
    int port = Integer.parseInt(args[2]);
    // a connection for each, so that a server with Nagle's algorithm on holds no answer back
    final BareTls ipv4 = BareTls.connect(port, Paths.get(args[3]), args[4]);
    final BareTls ipv6 = BareTls.connect(port, Paths.get(args[3]), args[4]);
    return new LoadFigures.Way() {
      @Override
      public void lookUp(String name) throws Exception {
        ipv4.ask(name, DnsOctets.TYPE_A);
        ipv6.ask(name, DnsOctets.TYPE_AAAA);
        ipv4.awaitAnswer();
        ipv6.awaitAnswer();
      }
    };
  }
}
