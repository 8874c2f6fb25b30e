package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.server.ConnectFault;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.server.RecordedConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** If a server fails, the next is asked; if all fail, the lookup ends, and the program goes on. */
class FailoverIT {
  private static final String NAME = "www.example.test";

  /** For a child that shares two cores with others; no statement about speed. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** Four servers that fail in four ways, and at the end one that answers. */
  @EachJava(one = true)
  void theFirstThatAnswersIsTheAnswer(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        DotServer hung = another(dot);
        DotServer reset = another(dot);
        DotServer garbage = another(dot)) {
      DotServer refused = another(dot);
      refused.close();
      hung.faults().onEveryConnection(ConnectFault.SILENCE);
      reset.faults().onEveryAnswer(AnswerFault.Kind.RESET);
      garbage.faults().onEveryAnswer(AnswerFault.Kind.GARBAGE);
      String upstreams =
          String.join(",", name(refused), name(hung), name(reset), name(garbage), dot.upstream());
      // where all fail the silent one is waited for to the end
      Agent agent = dot.agent().set("upstreams", upstreams).set("timeout", "12s");
      try (RunningChild program = start(java, agent)) {
        assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
        for (DotServer failed : List.of(hung, reset, garbage)) {
          assertFalse(failed.log().connections().isEmpty(), "asked in its turn");
        }
        dot.server.faults().onEveryAnswer(AnswerFault.Kind.CLOSE);
        String said = program.ask("why nobody.many.example.test");
        for (String each : upstreams.split(",")) {
          assertTrue(said.contains(each + " "), "all that were tried are named: " + said);
        }
      }
    }
  }

  @EachJava(one = true)
  void withNoServerTheLookupEndsAndTheProgramLivesOn(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        DotServer hung = another(dot)) {
      hung.faults().onEveryConnection(ConnectFault.SILENCE);
      DotServerOptions again = dot.server.again();
      dot.server.close();
      Agent agent =
          dot.agent().set("upstreams", name(hung) + "," + dot.upstream()).set("timeout", "5s");
      try (RunningChild program = start(java, agent)) {
        String expected = "ok java.net.UnknownHostException: " + NAME + ": no answer over TLS: ";
        // the agent may still be starting, which is part of its time: no server has answered then
        String said = "";
        Duration took = Duration.ZERO;
        long giveUp = System.nanoTime() + MARGIN.toNanos();
        while (!said.contains(dot.upstream() + " connection refused")
            && System.nanoTime() - giveUp < 0) {
          long begun = System.nanoTime();
          said = program.ask("why " + NAME);
          took = Duration.ofNanos(System.nanoTime() - begun);
          assertTrue(said.startsWith(expected), said);
        }
        assertTrue(said.contains(dot.upstream() + " connection refused"), said);
        assertTrue(took.compareTo(MARGIN) < 0, "took " + took);

        try (DotServer back = DotServer.start(again)) {
          assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
          assertFalse(back.log().queries().isEmpty());
        }
        assertEquals(0, program.finish().exitCode());
      }
    }
  }

  /** Servers close connections at any time (RFC 7766 §6.2.4): no lookup may notice. */
  @EachJava(one = true)
  void aConnectionThatIsGoneIsMadeAnew(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      try (RunningChild program = start(java, dot.agent())) {
        assertEquals("ok 192.0.2.9", program.ask("byName one.many.example.test"));
        dot.server.dropConnections();
        assertEquals("ok 192.0.2.9", program.ask("byName two.many.example.test"));
        dot.server.faults().closeAfter(2);
        for (String label : List.of("three", "four", "five", "six")) {
          assertEquals("ok 192.0.2.9", program.ask("byName " + label + ".many.example.test"));
        }
        List<RecordedConnection> connections = dot.server.log().connections();
        assertTrue(connections.size() > 2, connections.toString());
        assertEquals(List.of(), program.finish().stderr());
      }
    }
  }

  private static DotServer another(DotUpstream dot) {
    return DotServer.start(SampleZone.ZONE, dot.certificate);
  }

  private static String name(DotServer server) {
    return server.upstream(DotUpstream.NAME);
  }

  private static RunningChild start(JavaHome java, Agent agent) {
    return agent.uncachedOn(ChildJvm.program(java, "LookupProgram")).args("-").start();
  }
}
