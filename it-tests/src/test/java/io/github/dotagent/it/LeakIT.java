package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Nothing but what belongs to the machine's own network is ever sent in the clear. */
class LeakIT {
  private static final String UNKNOWN = "ok java.net.UnknownHostException";
  private static final String NO_NAME = "ok canonical=192.0.2.1 host=192.0.2.1";

  private static final List<String> OVER_TLS =
      List.of(
          "ok 192.0.2.1",
          "ok 192.0.2.1 192.0.2.2",
          "ok canonical=www.example.test host=www.example.test",
          UNKNOWN,
          UNKNOWN,
          UNKNOWN,
          "ok canonical=192.0.2.200 host=192.0.2.200",
          UNKNOWN,
          UNKNOWN,
          "ok 127.0.0.1",
          "seen []");

  private static final List<String> IN_EVERY_OTHER_CASE =
      List.of( // a wrong pin
          UNKNOWN,
          NO_NAME,
          "seen []",
          // no server
          UNKNOWN,
          NO_NAME,
          "seen []",
          // what the machine's own network knows
          "ok 10.1.2.3",
          "ok 10.1.2.4",
          "ok 10.1.2.5",
          "ok canonical=db.internal host=db.internal",
          "seen [5.2.1.10.in-addr.arpa PTR, db.internal A, nas.local A, printer A]",
          "upstream []",
          // with no setting but the authority and the time
          "ok 192.0.2.1",
          "seen []",
          "A for one.one.one.one");

  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(LeakIT.class);
  }

  @EachJava(every = true)
  void port53SeesTheLocalNamesAlone(JavaHome java) {
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network"))
            .hosts("127.0.0.1 localhost\n")
            .addresses("1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001");
    List<String> said =
        InNamespace.run(LeakScenario.class, network, java, folder).stream()
            .map(LeakIT::withoutReason)
            .toList();
    List<String> expected = new ArrayList<>(OVER_TLS);
    if (Breadth.isWhole(java)) {
      expected.addAll(IN_EVERY_OTHER_CASE);
    }
    assertEquals(expected, said);
  }

  /** The words are RefusalIT's to check. */
  private static String withoutReason(String line) {
    return line.startsWith(UNKNOWN) ? UNKNOWN : line;
  }
}
