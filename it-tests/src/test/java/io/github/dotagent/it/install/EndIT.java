package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM ends at any moment of its life, and ends well. Rare things: {@code -Dit.ends=1000} ends it
 * so often on each Java.
 */
class EndIT {
  /** With one crash in seven ends on a busy machine, all three runs of this size showed it. */
  private static final int FEW = 8;

  private static final int ENDS = Integer.getInteger("it.ends", FEW);

  /** Children at once: they keep the machine busy, and the test short. */
  private static final int AT_ONCE = 3;

  /** More than the minute for which the death of a JVM waits, and the start before it. */
  private static final Duration WITHIN = Duration.ofMinutes(3);

  /** A normal end takes less on the busiest machine, and never the minute of a hung one. */
  private static final Duration MINUTE = Duration.ofSeconds(55);

  /** The end hung in each of three runs on Java 8 after so many. */
  private static final String STOPS = "200";

  private static final String FEW_STOPS = "20";

  /** A file is looked at once a second. */
  private static final String SOME_STOPS = "5";

  private static final String DOMAIN = "many.example.test";

  @TempDir Path folder;

  /** Connections are closed while their readers set TCP_QUICKACK, natively on 8 and 11. */
  @EachJava(to = 17)
  void whileTwentyThreadsLookNewNamesUp(JavaHome java) throws Exception {
    all(i -> program(java, "20", String.valueOf(20 + i % 30), "0", i));
  }

  /** From Java 26 on the end waits for classes that are being loaded, and so does a collection. */
  @EachJava(from = 25)
  void atEveryMomentOfTheStart(JavaHome java) throws Exception {
    all(
        i ->
            program(java, i % 5 == 0 ? "3" : "0", "0", String.valueOf(i * 1_000_000L / ENDS), i)
                .jvmArgs("-XX:+UseSerialGC", "-Xmx24m", "-Xmn1m"));
  }

  /** Thread.stop may leave a lock held; no log line and no exit may wait for it. */
  @EachJava(few = true, to = 17)
  void afterThreadsOfTheAgentWereStopped(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm program =
          dot.agent()
              .set("log.level", "debug")
              .uncachedOn(ChildJvm.program(java, "StoppedThreads"))
              .within(WITHIN);
      ChildResult log = program.args("dot-agent-log", STOPS, DOMAIN).run();
      assertEquals(0, log.exitCode(), log::toString);
      assertTrue(
          log.stderr().stream().anyMatch(line -> line.contains("last." + DOMAIN)), log::toString);
      for (String thread :
          List.of("reader " + dot.upstream(), "writer " + dot.upstream(), "timer")) {
        ChildResult result = program.args("dot-agent-" + thread, FEW_STOPS, DOMAIN).run();
        assertEquals(0, result.exitCode(), result::toString);
      }
    }
  }

  /**
   * Beside the lookups: the file is read again, and a library's queries are forwarded. The log is
   * at work from the start: a class of the JDK that is stopped while it is initialised is lost for
   * the whole JVM (DateTimeFormatter on Java 8, by the first line).
   */
  @EachJava(from = 17, to = 17)
  void afterThreadsBesideTheLookupsWereStopped(JavaHome java) throws Exception {
    stopsHelpers(java);
  }

  /** The other Javas on which Thread.stop works. */
  @Tag("wide")
  @EachJava(few = true, to = 11)
  void afterThreadsBesideTheLookupsWereStoppedOnOlderJavas(JavaHome java) throws Exception {
    stopsHelpers(java);
  }

  private void stopsHelpers(JavaHome java) throws Exception {
    Path hosts = Files.createFile(folder.resolve("hosts"));
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult result =
          dot.agent()
              .set("hosts", hosts.toString())
              .set("log.level", "debug")
              .uncachedOn(ChildJvm.program(java, "StoppedHelpers"))
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .within(WITHIN)
              .args(hosts.toString(), "127.0.0.2", DOMAIN, SOME_STOPS)
              .run();
      assertEquals(List.of("all at work"), result.stdout(), result::toString);
      assertEquals(0, result.exitCode(), result::toString);
    }
  }

  private static ChildJvm program(
      JavaHome java, String threads, String lookups, String micros, int number) {
    return ChildJvm.program(java, "EndingLoad")
        .within(WITHIN)
        .args(threads, lookups, micros, number % 2 == 0 ? "return" : "exit", "e" + number, DOMAIN);
  }

  private void all(IntFunction<ChildJvm> program) throws Exception {
    ExecutorService several = Executors.newFixedThreadPool(AT_ONCE);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      List<Future<ChildResult>> ends =
          IntStream.range(0, ENDS)
              .mapToObj(program)
              .map(child -> several.submit(dot.agent().on(child)::run))
              .toList();
      for (Future<ChildResult> end : ends) {
        ChildResult result = end.get();
        assertEquals(0, result.exitCode(), result::toString);
        assertTrue(result.took().compareTo(MINUTE) < 0, result::toString);
        assertTrue(
            result.stderr().stream()
                .noneMatch(line -> line.matches(".*(closed|lost|asked last).*")),
            () -> "of our own closing: " + result);
      }
    } finally {
      several.shutdownNow();
    }
  }
}
