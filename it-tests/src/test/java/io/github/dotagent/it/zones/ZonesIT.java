package io.github.dotagent.it.zones;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.ScenarioParts;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names, zones, servers that are there or away, and the one place that each name goes to: three
 * servers of three authorities and a witness on port 53 report the names that they saw.
 */
class ZonesIT {
  private static final String RESOLV_CONF =
      "nameserver 127.0.0.1\nsearch corp.test\noptions timeout:1 attempts:1\n";

  /** Asked for one after the other. */
  static final List<String> NAMES =
      List.of(
          "www.example.test",
          "db.corp.test",
          "corp.test",
          "short",
          "www.public.corp.test",
          "a.old.corp.test",
          "x.lab.test",
          "p.printers.local",
          "other.local",
          "in-hosts.corp.test",
          "out.corp.test",
          "trap.example.test",
          "nas.corp.test",
          "nobody.corp.test",
          "/10.0.0.1");

  /** The first is in a zone; the second is private, and so the system resolver's. */
  static final List<String> ADDRESSES_OF_IPV6 = List.of("/fd00:db8::1", "/fd00:db9::1");

  /**
   * What is seen by: the system resolver's server; those of all names, of corp.test, of lab.test.
   */
  private static final List<String> EXPECTED =
      List.of(
          "== all are there",
          "www.example.test: 192.0.2.1; clear []; rest [www.example.test]; corp []; lab []",
          "db.corp.test: 10.0.0.1; clear []; rest []; corp [db.corp.test]; lab []",
          "corp.test: 10.0.0.2; clear []; rest []; corp [corp.test]; lab []",
          "short: 10.0.0.3; clear []; rest []; corp [short.corp.test]; lab []",
          "www.public.corp.test: 192.0.2.2; clear []; rest [www.public.corp.test]; corp []; lab []",
          "a.old.corp.test: 10.9.0.1; clear [a.old.corp.test]; rest []; corp []; lab []",
          "x.lab.test: 10.2.0.1; clear []; rest []; corp []; lab [x.lab.test]",
          "p.printers.local: 10.0.0.4; clear []; rest []; corp [p.printers.local]; lab []",
          "other.local: 10.9.0.2; clear [other.local]; rest []; corp []; lab []",
          "in-hosts.corp.test: 10.3.3.3; clear []; rest []; corp []; lab []",
          "out.corp.test: 192.0.2.7; clear []; rest [cdn.example.test]; corp [out.corp.test]; lab []",
          "trap.example.test: 10.0.0.1; clear []; rest [trap.example.test]; corp [db.corp.test]; lab []",
          "nas.corp.test: 10.9.0.3; clear [nas.local]; rest []; corp [nas.corp.test]; lab []",
          "nobody.corp.test: -; clear []; rest []; corp [nobody.corp.test, nobody.corp.test.corp.test]; lab []",
          "/10.0.0.1: db.corp.test; clear []; rest []; corp [1.0.0.10.in-addr.arpa]; lab []",
          "/fd00:db8::1: six.corp.test; clear []; rest []; corp [1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.0.0.d.f.ip6.arpa, six.corp.test]; lab []",
          "/fd00:db9::1: fd00:db9:0:0:0:0:0:1; clear [1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.9.b.d.0.0.0.d.f.ip6.arpa]; rest []; corp []; lab []",
          "== corp.test is away",
          "www.example.test: 192.0.2.1; clear []; rest [www.example.test]; corp []; lab []",
          "db.corp.test: -; clear []; rest []; corp []; lab []",
          "corp.test: -; clear []; rest []; corp []; lab []",
          "short: -; clear []; rest []; corp []; lab []",
          "www.public.corp.test: 192.0.2.2; clear []; rest [www.public.corp.test]; corp []; lab []",
          "a.old.corp.test: 10.9.0.1; clear [a.old.corp.test]; rest []; corp []; lab []",
          "x.lab.test: 10.2.0.1; clear []; rest []; corp []; lab [x.lab.test]",
          "p.printers.local: -; clear []; rest []; corp []; lab []",
          "other.local: 10.9.0.2; clear [other.local]; rest []; corp []; lab []",
          "in-hosts.corp.test: 10.3.3.3; clear []; rest []; corp []; lab []",
          "out.corp.test: -; clear []; rest []; corp []; lab []",
          "trap.example.test: -; clear []; rest [trap.example.test]; corp []; lab []",
          "nas.corp.test: -; clear []; rest []; corp []; lab []",
          "nobody.corp.test: -; clear []; rest []; corp []; lab []",
          "/10.0.0.1: 10.0.0.1; clear []; rest []; corp []; lab []",
          "/fd00:db8::1: fd00:db8:0:0:0:0:0:1; clear []; rest []; corp []; lab []",
          "/fd00:db9::1: fd00:db9:0:0:0:0:0:1; clear [1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.9.b.d.0.0.0.d.f.ip6.arpa]; rest []; corp []; lab []",
          "== the rest is away",
          "www.example.test: -; clear []; rest []; corp []; lab []",
          "db.corp.test: 10.0.0.1; clear []; rest []; corp [db.corp.test]; lab []",
          "www.public.corp.test: -; clear []; rest []; corp []; lab []",
          "out.corp.test: -; clear []; rest []; corp [out.corp.test]; lab []",
          "== corp.test shows another key",
          "db.corp.test: -; clear []; rest []; corp []; lab []",
          "x.lab.test: 10.2.0.1; clear []; rest []; corp []; lab [x.lab.test]",
          "== opportunistic, corp.test is away",
          "db.corp.test: 10.9.9.9; clear [db.corp.test]; rest []; corp []; lab []",
          "www.example.test: 192.0.2.1; clear []; rest [www.example.test]; corp []; lab []");

  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(ZonesIT.class);
  }

  @EachJava(one = true)
  void eachNameGoesToItsOwnServers(JavaHome java) {
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network"))
            .resolvConf(RESOLV_CONF)
            .hosts("127.0.0.1 localhost\n10.3.3.3 in-hosts.corp.test\n");
    List<String> said = InNamespace.run(ZonesScenario.class, network, java, folder);
    ScenarioParts.assertSame(EXPECTED, said);
  }
}
