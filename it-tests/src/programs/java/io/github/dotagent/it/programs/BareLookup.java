package io.github.dotagent.it.programs;

import java.nio.file.Paths;

/**
 * What {@code TimedLookups} does for one name, with {@link BareTls} alone: one connection, A and
 * AAAA, the end. Prints the peak of the process's memory in KiB. Arguments: port on 127.0.0.1, PEM
 * file, the server's name, the name to ask for.
 */
public final class BareLookup {
  private BareLookup() {}

  public static void main(String[] args) throws Exception {
    BareTls connection = BareTls.connect(Integer.parseInt(args[0]), Paths.get(args[1]), args[2]);
    connection.ask(args[3], DnsOctets.TYPE_A);
    connection.ask(args[3], DnsOctets.TYPE_AAAA);
    connection.awaitAnswer();
    connection.awaitAnswer();
    System.out.println(TimedLookups.peakKib());
  }
}
