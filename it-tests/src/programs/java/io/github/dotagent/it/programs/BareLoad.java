package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;

/**
 * Asks for A and AAAA of new names on one thread, with nothing but {@link BareTls}: no {@code
 * InetAddress}, no cache, no other thread, no timeout, no second server. Each question has a
 * connection of its own, so that a server with Nagle's algorithm on holds no answer back. Takes
 * {@code closed 1 COUNT DOMAIN} from stdin and answers as {@code LoadProgram} does. Arguments: port
 * on 127.0.0.1, PEM file, the server's name.
 */
public final class BareLoad {
  private BareLoad() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    final BareTls ipv4 = BareTls.connect(port, Paths.get(args[1]), args[2]);
    final BareTls ipv6 = BareTls.connect(port, Paths.get(args[1]), args[2]);
    LoadFigures.Way way =
        new LoadFigures.Way() {
          @Override
          public void lookUp(String name) throws Exception {
            ipv4.ask(name, DnsOctets.TYPE_A);
            ipv6.ask(name, DnsOctets.TYPE_AAAA);
            ipv4.awaitAnswer();
            ipv6.awaitAnswer();
          }
        };
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.trim().split(" +");
      int count = Integer.parseInt(words[2]);
      LoadFigures figures = new LoadFigures(words[3], count, way);
      long cpu = OwnJvm.cpuNanos();
      long begun = System.nanoTime();
      for (int i = 0; i < count; i++) {
        figures.lookUp(System.nanoTime());
      }
      System.out.println(figures.line(System.nanoTime() - begun, OwnJvm.cpuNanos() - cpu));
      System.out.flush();
    }
  }
}
