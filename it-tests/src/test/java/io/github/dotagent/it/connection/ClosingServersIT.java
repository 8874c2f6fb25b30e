package io.github.dotagent.it.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.server.ConnectFault;
import io.github.dotagent.it.harness.server.Faults.CloseKind;
import io.github.dotagent.it.harness.server.Faults.OneAtATime;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import io.github.dotagent.it.harness.zone.AnswerWriter;
import io.github.dotagent.it.harness.zone.ZoneAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The only server closes its connections, sooner or later: every lookup gets an answer. */
@Timeout(240)
class ClosingServersIT {
  private static final String DOMAIN = "many.example.test";

  /** Lookups of a load: each costs a handshake or two where the server closes so soon. */
  private static final int LOOKUPS = Breadth.times(40, 100);

  /**
   * 2,000 late responses, two for each slow name, with some 200 queries in flight: of 65,536 ids
   * some meet one of those, unless an id stays taken.
   */
  private static final int LATE_LOOKUPS = 2_000;

  @TempDir Path folder;

  @EachJava(few = true)
  void everyLookupIsAnswered(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child =
            dot.agent().uncachedOn(ChildJvm.program(java, "LoadProgram")).start()) {
      LoadReport.begin(child, DOMAIN);
      List<String> figures = new ArrayList<>();
      dot.server.faults().closeAfter(1);
      figures.add("1 " + LoadReport.closed(child, 4, LOOKUPS / 2, DOMAIN));
      dot.server.faults().closeAfter(2);
      figures.add("2 " + LoadReport.closed(child, 5, LOOKUPS, DOMAIN));
      dot.server.faults().closeAfter(10);
      figures.add("10 " + LoadReport.closed(child, 20, 2 * LOOKUPS, DOMAIN));
      dot.server.faults().clear();
      dot.server.faults().closeAbove(4);
      dot.server.faults().onEveryAnswer(new AnswerFault.Delay(Duration.ofMillis(20)));
      figures.add("above 4 " + LoadReport.closed(child, 40, 2 * LOOKUPS, DOMAIN));
      dot.server.faults().clear();
      for (ConnectFault fault : List.of(ConnectFault.RESET, ConnectFault.CLOSE)) {
        for (int times = 1; times <= 3; times++) {
          dot.server.dropConnections();
          for (int i = 0; i < times; i++) {
            dot.server.faults().onNextConnection(fault);
          }
          figures.add(fault + " " + LoadReport.closed(child, 8, 8, DOMAIN));
        }
      }
      for (AnswerFault.Kind fault : List.of(AnswerFault.Kind.RESET, AnswerFault.Kind.CLOSE)) {
        dot.server.dropConnections();
        dot.server.faults().onNextAnswer(fault);
        dot.server.faults().onNextAnswer(fault);
        figures.add("answer " + fault + " " + LoadReport.closed(child, 1, 1, DOMAIN));
      }
      figures.forEach(System.out::println);
      for (String figure : figures) {
        assertTrue(figure.contains("failed=0,"), () -> String.join("\n", figures));
      }
    }
  }

  /** In TLS's order, by FIN alone (many a proxy), by RST (many a load balancer). */
  @EachJava(few = true)
  void everyWayToCloseIsHandled(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child =
            dot.agent().uncachedOn(ChildJvm.program(java, "LoadProgram")).start()) {
      LoadReport.begin(child, DOMAIN);
      List<String> figures = new ArrayList<>();
      for (CloseKind kind : CloseKind.values()) {
        for (int answers : new int[] {1, 2, 3, 10}) {
          dot.server.faults().clear();
          dot.server.dropConnections();
          dot.server.faults().closeBy(kind);
          dot.server.faults().closeAfter(answers);
          figures.add(
              kind + " after " + answers + " " + LoadReport.closed(child, 4, LOOKUPS / 2, DOMAIN));
        }
      }
      figures.forEach(System.out::println);
      for (String figure : figures) {
        assertTrue(figure.contains("failed=0,"), () -> String.join("\n", figures));
      }
    }
  }

  /** It closes or resets the second one, or drops the first for it. */
  @EachJava(few = true)
  void aServerThatKeepsOneConnectionAtATime(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child =
            dot.agent().uncachedOn(ChildJvm.program(java, "LoadProgram")).start()) {
      LoadReport.begin(child, DOMAIN);
      List<String> figures = new ArrayList<>();
      for (OneAtATime way : OneAtATime.values()) {
        for (int answers : new int[] {2, 10, 1000}) {
          dot.server.faults().clear();
          dot.server.faults().oneAtATime(way);
          dot.server.faults().closeAfter(answers);
          dot.server.dropConnections();
          figures.add(way + " " + answers + " " + LoadReport.closed(child, 8, LOOKUPS, DOMAIN));
        }
      }
      figures.forEach(System.out::println);
      for (String figure : figures) {
        assertTrue(figure.contains("failed=0,"), () -> String.join("\n", figures));
      }
    }
  }

  /** As servers do that cannot read the query: the one without EDNS needs a connection anew. */
  @EachJava(few = true)
  void aServerThatFailsForEdnsAndClosesWithIt(JavaHome java) {
    for (int rcode :
        new int[] {ResponseCodes.FORMERR, ResponseCodes.SERVFAIL, ResponseCodes.NOTIMP}) {
      try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
        dot.server.faults().closeAfter(1);
        dot.server
            .faults()
            .onEveryAnswer(
                new AnswerFault.Message(
                    query ->
                        AnswerWriter.withoutEdns(
                            query,
                            query.edns().isPresent()
                                ? ZoneAnswer.failure(rcode)
                                : SampleZone.ZONE.answer(query.name(), query.type()))));
        try (RunningChild child =
            dot.agent().uncachedOn(ChildJvm.program(java, "LoadProgram")).start()) {
          LoadReport.begin(child, DOMAIN);
          assertEquals("none", LoadReport.closed(child, 4, 20, DOMAIN).firstFailure());
        }
      }
    }
  }

  /** Its own queue is long, or it reads the hello from a slow disk: kdig waits, too. */
  @EachJava(few = true)
  void aHandshakeThatBeginsAfterThreeSeconds(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child =
            dot.agent()
                .set(
                    "timeout", "20s") // four times the two handshakes of a lookup on a busy machine
                .uncachedOn(ChildJvm.program(java, "LoadProgram"))
                .start()) {
      LoadReport.begin(child, DOMAIN);
      dot.server.faults().handshakeAfter(Duration.ofSeconds(3));
      for (int i = 0; i < 3; i++) {
        dot.server.dropConnections();
        LoadReport report = LoadReport.closed(child, 4, 4, DOMAIN);
        assertEquals("none", report.firstFailure());
        assertTrue(report.max().compareTo(Duration.ofMillis(2_900)) > 0, "as late: " + report);
      }
    }
  }

  /**
   * Late responses come under ids that no other query has been given. A steady load that a slow
   * machine bears: the quick names have the whole timeout, and the server is never silent.
   */
  @EachJava(few = true)
  void aServerThatIsTooSlowForHalfOfTheNames(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child =
            dot.agent()
                .set("timeout", "3s")
                .uncachedOn(ChildJvm.program(java, "LoadProgram"))
                .start()) {
      LoadReport.begin(child, DOMAIN);
      int before = dot.server.log().connections().size();
      dot.server.faults().slow(ClosingServersIT::isSlow, Duration.ofSeconds(6));
      LoadReport report = LoadReport.steady(child, 50, Duration.ofSeconds(16), DOMAIN);
      assertEquals(before, dot.server.log().connections().size(), child.stderr().toString());
      assertEquals(report.lookups() / 2, report.failed(), report + "\n" + child.stderr());
    }
  }

  /**
   * Half of the names come 0.9 s later than the others, and a lookup waits 500 ms: hundreds of late
   * responses meet hundreds of queries in flight, and none may meet another question.
   *
   * <p>200 threads, because 600 are more than one busy processor answers in 500 ms. On a machine
   * that cannot answer 200 in it either, both times are doubled, until the quick half is all
   * answered. That a late response never meets another question is demanded each time.
   */
  @EachJava(few = true)
  void lateResponsesOfManyThreads(JavaHome java) {
    String said = "";
    for (int timeout = 500; timeout <= 16 * 500; timeout *= 2) {
      try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
          RunningChild child =
              dot.agent()
                  .set("timeout", timeout + "ms")
                  .uncachedOn(ChildJvm.program(java, "LoadProgram"))
                  .start()) {
        LoadReport.begin(child, DOMAIN);
        int before = dot.server.log().connections().size();
        dot.server
            .faults()
            .slow(ClosingServersIT::isSlow, Duration.ofMillis(timeout * 9L / 5)); // 0.9 s of 0.5 s
        LoadReport report = LoadReport.closed(child, 200, LATE_LOOKUPS, DOMAIN);
        List<String> log = child.stderr();
        assertTrue(
            log.stream().noneMatch(line -> line.contains("answered another question")),
            log::toString);
        int more = dot.server.log().connections().size() - before;
        said += timeout + " ms: " + report + ", " + more + " more connections, " + log + "\n";
        if (more == 0 && report.failed() == report.lookups() / 2) {
          System.out.print(said);
          return;
        }
      }
    }
    throw new AssertionError(said);
  }

  /** Every second one of the names of a load: n1, n2, …. */
  private static boolean isSlow(String name) {
    return (name.charAt(name.indexOf('.') - 1) & 1) == 0;
  }
}
