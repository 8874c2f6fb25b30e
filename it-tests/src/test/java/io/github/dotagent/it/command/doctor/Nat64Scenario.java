package io.github.dotagent.it.command.doctor;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code doctor} in a network without IPv4, whose own server makes up the addresses of a
 * translator: with an upstream that makes none up, then with one that does.
 */
final class Nat64Scenario {
  private static final Zone EXAMPLE = zone("192.0.2.1", "2001:db8::1", "192.0.0.170");
  private static final Zone MADE_UP =
      zone("192.0.2.1", "2001:db8::1", "192.0.0.170", "64:ff9b::c000:aa");

  private Nat64Scenario() {}

  private static Zone zone(String ipv4, String ipv6, String... ipv4Only) {
    return Zone.builder()
        .soa("example.com", 300, 300)
        .addresses("example.com", 300, ipv4, ipv6)
        .soa("ipv4only.arpa", 300, 300)
        .addresses("ipv4only.arpa", 300, ipv4Only)
        .build();
  }

  /** The arguments: a java home, its major version, a folder. */
  public static void main(String[] args) throws IOException {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    Path folder = Path.of(args[2]);
    try (Port53Witness network = Port53Witness.answering(MADE_UP, "127.0.0.1", 53)) {
      for (Zone zone : new Zone[] {EXAMPLE, MADE_UP}) {
        Path own = Files.createTempDirectory(folder, "upstream");
        try (DotUpstream upstream = DotUpstream.start(own, zone)) {
          Doctor doctor = Doctor.run(java, upstream.agent());
          System.out.println(doctor.exitCode() + " " + doctor.line("NAT64"));
          doctor.remedies().forEach(System.out::println);
        }
      }
      if (network.sightings().isEmpty()) {
        throw new AssertionError("the network's own server was not asked");
      }
    }
  }
}
