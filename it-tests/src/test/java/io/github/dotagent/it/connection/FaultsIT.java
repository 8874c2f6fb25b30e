package io.github.dotagent.it.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.server.AnswerFault.Kind;
import io.github.dotagent.it.harness.server.DotServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that breaks the rules in one way or another: the callers get their answer from another
 * one, or are told what is wrong with it, and the next lookup is as if nothing had been.
 */
class FaultsIT {
  /** A lookup has two questions on one connection, and waits for one of them. */
  private static final String SILENCE =
      "no answer in time|the connection went silent|connect timed out|no TLS session in time";

  /**
   * The reported reason for a server that does so with every answer; null: its answers are good.
   */
  private static final Map<Kind, String> SAID = new LinkedHashMap<>();

  static {
    SAID.put(Kind.CLOSE, "the server closed the connection");
    SAID.put(Kind.RESET, "connection lost");
    SAID.put(Kind.WRONG_ID, SILENCE);
    SAID.put(Kind.WRONG_QUESTION, "answered another question");
    SAID.put(Kind.TRUNCATED_MESSAGE, "sent a message that is not DNS");
    SAID.put(Kind.HALF_FRAME_THEN_CLOSE, "connection lost");
    SAID.put(Kind.GARBAGE, "answered another question");
    SAID.put(Kind.EMPTY_FRAME, "sent a message of 0 octets");
    SAID.put(Kind.NOT_A_RESPONSE, "answered another question");
    SAID.put(Kind.OVERSIZED_LENGTH, SILENCE);
    SAID.put(Kind.TWO_QUESTIONS, "answered another question");
    SAID.put(Kind.FLOOD, "sends responses that match no query");
    // the answer to the other question goes on where this one breaks off
    SAID.put(Kind.HALF_FRAME, SILENCE + "|sent a message of 0 octets");
    SAID.put(Kind.HANG, SILENCE);
    SAID.put(Kind.TRICKLE, SILENCE);
    SAID.put(Kind.ONE_OCTET_AT_A_TIME, null);
    SAID.put(Kind.TWICE, null);
  }

  /** Enough for the agent and one of the longest messages, not for two hundred of them. */
  private static final String SMALL_HEAP = "-Xmx24m";

  private static final int BURST = 100;

  /** Some faults last as long as that; a busy machine has to come to write a query within it. */
  private static final String SHORT = "2s";

  @TempDir Path folder;

  @EachJava(few = true)
  void isReportedAndTheNextLookupWorks(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm program =
          dot.agent().set("timeout", SHORT).uncachedOn(ChildJvm.program(java, "LookupProgram"));
      try (RunningChild child = program.jvmArgs(SMALL_HEAP).args("-").start()) {
        while (!child.ask("why first.many.example.test").startsWith("ok found")) {
          // the short time may not be over yet; the test's own bound ends this loop
        }
        List<String> wrong = new ArrayList<>();
        int number = 0;
        for (Map.Entry<Kind, String> fault : SAID.entrySet()) {
          String name = "n" + number++ + ".many.example.test";
          dot.server.faults().onEveryAnswer(fault.getKey());
          String said = child.ask("why " + name);
          if (!said.matches(expected(fault.getValue(), name, dot))) {
            wrong.add(fault.getKey() + ": " + said);
          }
          dot.server.faults().clear();
          assertEquals("ok 192.0.2.9", child.ask("byName good-" + name), fault.getKey().toString());
        }
        assertEquals(List.of(), wrong);
        assertEquals(0, child.finish().exitCode());
      }
    }
  }

  /** When the machine is busy the caller's own time is over before the server's. */
  private static String expected(String reason, String name, DotUpstream dot) {
    String refused = "java.net.UnknownHostException: " + name + ": no answer over TLS: ";
    return reason == null
        ? "ok found 192.0.2.9"
        : "ok " + refused + "(" + dot.upstream() + " (" + reason + ")|none within).*";
  }

  /** One server for each fault, and a good one that is named last; then many lookups at once. */
  @EachJava(few = true)
  void theAnswerComesFromElsewhere(JavaHome java) {
    List<DotServer> broken = new ArrayList<>();
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      for (Kind fault : SAID.keySet()) {
        if (SAID.get(fault) != null) {
          DotServer server = DotServer.start(SampleZone.ZONE, dot.certificate);
          server.faults().onEveryAnswer(fault);
          broken.add(server);
        }
      }
      String upstreams =
          broken.stream()
              .map(server -> server.upstream(DotUpstream.NAME) + ",")
              .collect(Collectors.joining("", "", dot.upstream()));
      ChildJvm program =
          dot.agent()
              .set("upstreams", upstreams)
              .set("timeout", "15s") // a few of them are waited for
              .uncachedOn(ChildJvm.program(java, "LoadProgram"));
      try (RunningChild child = program.jvmArgs(SMALL_HEAP).start()) {
        LoadReport first = LoadReport.closed(child, 1, 1, "many.example.test");
        assertEquals("none", first.firstFailure());
        for (DotServer server : broken) {
          assertFalse(server.log().queries().isEmpty(), "each was asked in its turn");
        }
        LoadReport then = LoadReport.closed(child, BURST, 10 * BURST, "many.example.test");
        assertEquals("none", then.firstFailure());
      }
    } finally {
      broken.forEach(DotServer::close);
    }
  }
}
