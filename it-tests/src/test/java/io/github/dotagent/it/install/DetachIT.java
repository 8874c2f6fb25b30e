package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The agent is removed from a running program, and nothing of it is left. */
class DetachIT {
  private static final Duration WITHIN = Duration.ofMinutes(4); // a dozen JVMs, one after the other

  private static final String TAKEN_OUT =
      "detach 0: dot-agent is removed from PID: its lookups go as before the agent, and are not"
          + " protected";

  /** As without the agent, for each lookup. */
  private static final List<String> GONE =
      List.of(
          "patched []",
          "byName: ok " + Watched.IN_CLEAR,
          "policy: ok 30 10",
          "dns: ok rcode 0, 1 answers from /127.0.0.1:53",
          "in the clear",
          "dns: ok rcode 0, 1 answers from /127.0.0.1:53",
          "in the clear",
          "left: ok threads [] beans [] events [] classes []");

  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(DetachIT.class);
  }

  @EachJava(one = true)
  void underLoadAndComesAgainInAnotherVersion(JavaHome java) {
    String hook = java.major() < 18 ? "InetAddress patched" : "InetAddressResolverProvider";
    String installed =
        "attach 0: dot-agent is installed in PID: hook "
            + hook
            + "; upstreams UPSTREAM; pins none; profile strict"
            + " (no name leaves in the clear while no upstream can be reached)";
    List<String> expected = new ArrayList<>();
    expected.addAll(
        List.of(
            "policy: ok 30 10",
            "byName: ok " + Watched.IN_CLEAR,
            "detach 1: dot-agent: there is no agent in PID: nothing was done",
            installed,
            "byName: ok " + Watched.OVER_TLS,
            "policy: ok 1 1",
            "dns: ok rcode 0, 1 answers from /127.0.0.1:53",
            "over TLS",
            "keep: ok kept",
            "kept: ok udp rcode 0, 1 answers from /127.0.0.1:53, tcp rcode 0, 1 answers from"
                + " /127.0.0.1:53",
            "watched: ok 2 beans, [dotagent.Bypass, dotagent.Connection, dotagent.Lookup,"
                + " dotagent.PinMismatch]",
            "load: ok and more",
            "patched " + patchedIn(java),
            TAKEN_OUT,
            "more: ok and more",
            // either of them, and no failure: no lookup is lost
            "stop: ok [" + Watched.OVER_TLS + ", " + Watched.IN_CLEAR + "]",
            "kept: ok udp java.net.PortUnreachableException, tcp closed"));
    expected.addAll(GONE);
    expected.addAll(
        List.of(
            "detach 1: dot-agent: there is no agent in PID: nothing was done",
            installed,
            "byName: ok " + Watched.OVER_TLS,
            "dns: ok rcode 0, 1 answers from /127.0.0.1:53",
            "over TLS",
            "status 0: dot-agent 9.9.9 in PID: Java",
            TAKEN_OUT));
    expected.addAll(GONE);
    expected.addAll(
        List.of(
            installed,
            "byName: ok " + Watched.OVER_TLS,
            "err dot-agent warn removed by detach: lookups go as before the agent, and are not"
                + " protected",
            "err dot-agent warn removed by detach: lookups go as before the agent, and are not"
                + " protected",
            "exit 0"));
    assertEquals(String.join("\n", expected), String.join("\n", run(program(java), "attached")));
  }

  @EachJava(one = true)
  void givenAtTheStart(JavaHome java) {
    List<String> expected = new ArrayList<>();
    expected.addAll(
        List.of(
            "byName: ok " + Watched.OVER_TLS,
            "dns: ok rcode 0, 1 answers from /127.0.0.1:53",
            "over TLS",
            "detach 1: dot-agent: not removed from PID: it was given at the start with"
                + " install=abort: that JVM must not run without it; --force removes it anyway",
            "byName: ok " + Watched.OVER_TLS,
            "attach 0: dot-agent is in PID already; nothing was done",
            TAKEN_OUT));
    expected.addAll(GONE);
    expected.addAll(
        List.of(
            "attach 0: dot-agent is installed in PID",
            "byName: ok " + Watched.OVER_TLS,
            "err dot-agent warn removed by detach: lookups go as before the agent, and are not"
                + " protected",
            "exit 0"));
    List<String> said = run(program(java).jvmArgs(Watched.AGENT), "fromTheStart");
    assertEquals(
        String.join("\n", expected),
        String.join("\n", said).replaceAll("(is installed in PID): .*", "$1"));
  }

  /** That the program has loaded. */
  private static Set<String> patchedIn(JavaHome java) {
    Set<String> patched = new TreeSet<>();
    patched.addAll(
        List.of("java.net.DatagramSocket", "java.net.Socket", "sun.nio.ch.DatagramChannelImpl"));
    patched.add("sun.nio.ch.SocketChannelImpl");
    if (java.major() < 18) {
      patched.add("java.net.InetAddress");
    }
    if (java.major() < 24) { // they ask the SecurityManager
      patched.add("java.net.SocksSocketImpl");
    }
    if (java.major() < 26) {
      patched.add("java.net.MulticastSocket");
    }
    if (java.major() >= 15) { // JEP 373: what is under each DatagramSocket
      patched.add("sun.nio.ch.DatagramSocketAdaptor");
    }
    return patched;
  }

  private List<String> run(ChildJvm program, String what) {
    Path spec = folder.resolve("child.txt");
    ChildSpec.write(program, spec);
    return Watched.scenario(DetachScenario.class, folder, spec.toString(), what)
        .within(WITHIN)
        .run()
        .quiet()
        .stdout()
        .stream()
        .map(line -> line.replaceFirst("^err \\S+ ", "err "))
        .map(line -> line.replaceFirst("(in PID: Java) .*", "$1"))
        .toList();
  }

  private static ChildJvm program(JavaHome java) {
    ChildJvm program = ChildJvm.program(java, "DetachedLookups");
    if (java.major() >= 21) {
      program = program.jvmArgs("-XX:+EnableDynamicAgentLoading"); // JEP 451: else it warns
    }
    return java.major() == 8
        ? program
        : program.jvmArgs("--add-exports=java.base/sun.net=ALL-UNNAMED");
  }
}
