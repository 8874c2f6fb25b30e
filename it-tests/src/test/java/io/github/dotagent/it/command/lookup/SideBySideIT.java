package io.github.dotagent.it.command.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same query to the same server: the same lines. */
class SideBySideIT {
  @TempDir static Path folder;
  private static RichUnbound unbound;

  @BeforeAll
  static void start() throws IOException {
    for (Path needed : List.of(Kdig.BINARY, RichUnbound.BINARY)) {
      if (!Files.isExecutable(needed)) {
        System.out.println("SideBySideIT skipped: there is no " + needed);
        Assumptions.assumeTrue(false, "there is no " + needed);
      }
    }
    unbound = RichUnbound.start(folder);
  }

  @AfterAll
  static void stop() {
    if (unbound != null) {
      unbound.close();
    }
  }

  /** One of each kind of answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example",
        "shop.example MX",
        "shop.example TXT",
        "shop.example HTTPS",
        "shop.example SSHFP",
        "alias.example A",
        "example SOA",
        "_853._tcp.example TLSA",
        "1.2.0.192.in-addr.arpa PTR",
        "nobody.example A",
        "elsewhere.test A",
        "a-name-that-is-longer-than-the-column.example A"
      })
  void asKdig(String question) {
    compare(JavaHome.current(), question);
  }

  @Tag("wide")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example A",
        "shop.example AAAA",
        "shop.example TYPE65",
        "shop.example SVCB",
        "shop.example CAA",
        "shop.example SRV",
        "example NS",
        "_sip._tcp.example SRV",
        "enum.example NAPTR",
        "nobody.example TXT",
        "nobody-whose-name-is-longer-than-the-column.example A"
      })
  void othersAsKdig(String question) {
    compare(JavaHome.current(), question);
  }

  @EachJava(one = true)
  void onEachJava(JavaHome java) {
    compare(java, "shop.example TXT");
  }

  private static void compare(JavaHome java, String question) {
    List<String> kdig =
        Kdig.ask(unbound.port, unbound.trust.pem(), RichUnbound.NAME, question.split(" ", -1))
            .stdout();
    ChildResult ours = ask(java, question.split(" ", -1));
    assertEquals(List.of(), ours.stderr(), ours.toString());
    assertEquals(Kdig.steady(kdig), Kdig.steady(ours.stdout()), question);
    boolean exists = kdig.stream().anyMatch(line -> line.contains("status: NOERROR"));
    assertEquals(exists ? 0 : 1, ours.exitCode(), ours.toString());
  }

  private static ChildResult ask(JavaHome java, String... arguments) {
    Agent settings =
        Agent.patient()
            .set("upstreams", "127.0.0.1@" + unbound.port + "#" + RichUnbound.NAME)
            .set("trustStore", unbound.trust.pem().toString())
            .set(
                "system.singleLabel",
                "false"); // or lookup would say that this name is the system's
    return new Tool(java)
        .command("lookup")
        .args(arguments)
        .jvmArgs(settings.settingArgs().toArray(String[]::new))
        .run();
  }
}
