package io.github.dotagent.it.names;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.ScenarioParts;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names, settings, and the one place that each goes to; all places report the names that they saw.
 */
class NamePlacesIT {
  /** As the kubelet writes it. */
  private static final String RESOLV_CONF =
      """
      nameserver 127.0.0.1
      search default.svc.cluster.local svc.cluster.local cluster.local
      options ndots:5 timeout:1 attempts:1
      """;

  private static final String NO_QUERY = "; clear []; dot []";

  /** Asked for one after the other; the results are in {@link #EXPECTED}. */
  static final List<String> POD =
      List.of(
          "192.0.2.77",
          "localhost",
          "in-hosts",
          "In-Hosts.Example.",
          "db",
          "db.default",
          "db.default.svc",
          "db.default.svc.cluster.local",
          "printer.local",
          "www.example.test",
          "www.example.test.",
          "deep.a.b.c.d.example.test",
          "nobody.a.b.c.d.example.test",
          "b\u00fccher.test.",
          "shop.onion",
          "any.invalid",
          "a..b",
          "*.example.test");

  private static final List<String> EXPECTED =
      List.of(
          "== pod",
          "192.0.2.77: 192.0.2.77" + NO_QUERY,
          "localhost: 127.0.0.1" + NO_QUERY,
          "in-hosts: 10.0.0.1" + NO_QUERY,
          "In-Hosts.Example.: 10.0.0.2" + NO_QUERY,
          "db: 10.1.2.3; clear [db.default.svc.cluster.local A]; dot []",
          "db.default: 10.1.2.3; clear [db.default.default.svc.cluster.local A,"
              + " db.default.svc.cluster.local A]; dot []",
          "db.default.svc: 10.1.2.3; clear [db.default.svc.default.svc.cluster.local A,"
              + " db.default.svc.svc.cluster.local A, db.default.svc.cluster.local A]; dot []",
          "db.default.svc.cluster.local: 10.1.2.3; clear"
              + " [db.default.svc.cluster.local.default.svc.cluster.local A,"
              + " db.default.svc.cluster.local.svc.cluster.local A,"
              + " db.default.svc.cluster.local.cluster.local A,"
              + " db.default.svc.cluster.local A]; dot []",
          "printer.local: 10.1.2.4; clear [printer.local.default.svc.cluster.local A,"
              + " printer.local.svc.cluster.local A, printer.local.cluster.local A,"
              + " printer.local A]; dot []",
          "www.example.test: 192.0.2.1; clear [www.example.test.default.svc.cluster.local A,"
              + " www.example.test.svc.cluster.local A, www.example.test.cluster.local A];"
              + " dot [www.example.test A]",
          "www.example.test.: 192.0.2.1" + NO_QUERY, // it is in the cache
          "deep.a.b.c.d.example.test: 192.0.2.2; clear []; dot [deep.a.b.c.d.example.test A]",
          "nobody.a.b.c.d.example.test: -; clear"
              + " [nobody.a.b.c.d.example.test.default.svc.cluster.local A,"
              + " nobody.a.b.c.d.example.test.svc.cluster.local A,"
              + " nobody.a.b.c.d.example.test.cluster.local A];"
              + " dot [nobody.a.b.c.d.example.test A]",
          "b\u00fccher.test.: 192.0.2.4; clear []; dot [xn--bcher-kva.test A]",
          "shop.onion: -" + NO_QUERY,
          "any.invalid: -" + NO_QUERY,
          "a..b: -" + NO_QUERY,
          "*.example.test: -" + NO_QUERY,
          "== search=off",
          "db.default: -; clear []; dot [db.default A]",
          "www.example.test: 192.0.2.1; clear []; dot [www.example.test A]",
          "== own lists",
          "wiki: 10.1.2.5; clear [wiki.corp.test A]; dot []",
          "team: 192.0.2.3; clear [team.corp.test A]; dot [team.lab.test A]",
          "nobody: -; clear [nobody.corp.test A]; dot [nobody.lab.test A, nobody A]",
          "== strict",
          "www.example.test: -; clear [www.example.test.default.svc.cluster.local A,"
              + " www.example.test.svc.cluster.local A, www.example.test.cluster.local A];"
              + " dot []",
          "== opportunistic",
          "www.example.test: 10.9.9.9; clear [www.example.test.default.svc.cluster.local A,"
              + " www.example.test.svc.cluster.local A, www.example.test.cluster.local A,"
              + " www.example.test A]; dot []",
          "www.example.test: 10.9.9.9; clear [www.example.test A]; dot []",
          "back: ok 192.0.2.1 true",
          "no upstream is left (1 out of reach: connection refused): names in the cache are still"
              + " answered (cache.stale), other names leave in the clear (profile=opportunistic),"
              + " unless a server is untrusted",
          "no upstream can be reached: until one answers, the system resolver is asked, in the"
              + " clear (profile=opportunistic)",
          "an upstream answers again: names go over TLS",
          "== wrong pin",
          "www.example.test: -; clear [www.example.test.default.svc.cluster.local A,"
              + " www.example.test.svc.cluster.local A, www.example.test.cluster.local A];"
              + " dot []",
          "www.example.test: -; clear [www.example.test.default.svc.cluster.local A,"
              + " www.example.test.svc.cluster.local A, www.example.test.cluster.local A];"
              + " dot []",
          "asked []");

  private static final List<String> HOSTS_FILE_OF_THE_JDK =
      List.of(
          "== jdk.net.hosts.file",
          "only.example.test: 192.0.2.99" + NO_QUERY,
          "www.example.test: -" + NO_QUERY);

  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(NamePlacesIT.class);
  }

  @EachJava(one = true)
  void inAPod(JavaHome java) {
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network"))
            .resolvConf(RESOLV_CONF)
            .hosts("127.0.0.1 localhost\n10.0.0.1 in-hosts\n10.0.0.2 in-hosts.example\n");
    List<String> said = InNamespace.run(NamePlacesScenario.class, network, java, folder);
    List<String> expected = new ArrayList<>(EXPECTED);
    if (java.major() > 8) {
      expected.addAll(HOSTS_FILE_OF_THE_JDK);
    }
    ScenarioParts.assertSame(expected, said);
  }
}
