package io.github.dotagent.it.command.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that leads nowhere, and a cluster that is not called as clusters are. */
class DoctorNetworkIT {
  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(DoctorNetworkIT.class);
  }

  private Doctor inside(NetworkNamespace network, Agent settings) {
    return Doctor.of(Doctor.child(JavaHome.current(), settings).inside(network).run());
  }

  /** The default upstreams, where no packet can reach them. */
  @Test
  void noRouteToAnyServer() {
    Doctor doctor = inside(NetworkNamespace.in(folder), Agent.bare());
    assertEquals(3, doctor.exitCode());
    assertEquals("1.1.1.1@853#one.one.one.one", doctor.lines().get(0));
    assertTrue(
        doctor.line("connect").startsWith("FAIL  network unreachable: this machine has no route"),
        doctor.toString());
    assertTrue(
        doctor.lines().contains("2606:4700:4700::1111@853#one.one.one.one"), doctor.toString());
    assertEquals(
        2,
        doctor.lines().stream().filter(line -> line.contains("no IPv6 route to it")).count(),
        doctor.toString());
  }

  @Test
  void aClusterOfAnotherZone() {
    NetworkNamespace network =
        NetworkNamespace.in(folder)
            .resolvConf(
                "search shop.svc.k8s.example svc.k8s.example k8s.example\noptions ndots:5\n")
            .hosts("127.0.0.1 localhost\nnobody localhost\n");
    Agent settings = Agent.bare().set("upstreams", "127.0.0.1@1");
    Doctor doctor = inside(network, settings);
    assertTrue(
        doctor.line("cluster").startsWith("FAIL  a cluster whose zone k8s.example is not"),
        doctor.toString());
    assertEquals(
        "ok    shop.svc.k8s.example, svc.k8s.example, k8s.example; ndots 5",
        doctor.line("search list"));
    assertTrue(doctor.line("hosts file").matches("note +/etc/hosts, names: 1"), "" + doctor);
    assertTrue(
        doctor.remedies().contains("-> /etc/hosts: lines without an address are ignored: 1"),
        doctor.toString());

    Doctor told = inside(network, settings.set("system.suffixes", "+k8s.example"));
    assertEquals("ok    names under k8s.example stay in it", told.line("cluster"));
  }

  /** Loopback alone, so no way to IPv4 either. */
  @Test
  void ipv4BehindATranslator() {
    NetworkNamespace network = NetworkNamespace.in(folder.resolve("network"));
    List<String> said = InNamespace.run(Nat64Scenario.class, network, JavaHome.current(), folder);
    assertEquals(
        "1 FAIL  IPv4 is behind a translator (NAT64): ipv4only.arpa is 64:ff9b::c000:aa, and this"
            + " server makes up none",
        said.get(0));
    assertTrue(said.get(1).contains("2606:4700:4700::64@853#dns64.cloudflare-dns.com"), "" + said);
    assertEquals(
        List.of(
            "0 ok    IPv4 is behind a translator (NAT64), and this server makes up its addresses"),
        said.subList(2, said.size()));
  }
}
