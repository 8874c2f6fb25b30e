package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.OVER_TLS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;

/** The first lookup of a JVM comes from an unusual caller, or from many threads at once. */
class UnusualCallersIT {
  private static final String NAME = "one.many.example.test";
  private static final String DOMAIN = ".many.example.test";
  private static final int CROWD = 300;

  /** Virtual threads: many more than there are carriers. */
  private static final int VIRTUAL_CROWD = 1000;

  @TempDir Path folder;

  @EachJava
  void fromWhereItIsNotExpected(JavaHome java) {
    Map<String, String> found = new LinkedHashMap<>();
    found.put("static", "ok " + OVER_TLS);
    found.put("shutdown", "ok " + OVER_TLS);
    if (Breadth.isWhole(java)) {
      found.put("interrupted", "ok " + OVER_TLS + " interrupted=true");
      found.put("threadLocal", "ok " + OVER_TLS);
      found.put("logging", "logged ok " + OVER_TLS);
    }
    List<Watched> runs =
        Watched.runAll(
            folder,
            found.keySet().stream()
                .map(caller -> program(java, caller, NAME))
                .toArray(ChildJvm[]::new));
    Iterator<Watched> run = runs.iterator();
    found.values().forEach(said -> run.next().resolved(List.of(said), NAME).quiet());
  }

  @EachJava(one = true)
  void fromHundredsOfThreadsAtOnce(JavaHome java) {
    ChildJvm program = program(java, "threads", DOMAIN, Integer.toString(CROWD));
    Watched run = Watched.run(folder, program);
    run.resolved(List.of(CROWD + " of " + CROWD), "same" + DOMAIN, "n1" + DOMAIN).quiet();
    assertEquals(1, run.asked().stream().filter(("same" + DOMAIN + " A")::equals).count());
  }

  /**
   * A pinned virtual thread waits and keeps its carrier, so that others cannot run. The JVM pins
   * each thread that waits for a class to be loaded, ours or not: so the first crowd does not
   * count. The event of a lookup is off: when Flight Recorder begins to take it, between the two
   * crowds, threads wait for the JDK's classes that write it.
   */
  @EachJava(from = 21)
  void fromVirtualThreads(JavaHome java) throws IOException {
    Path recording = folder.resolve("pinned.jfr");
    ChildJvm program =
        program(java, "virtualThreads", DOMAIN, Integer.toString(VIRTUAL_CROWD))
            .jvmArgs(
                "-Xlog:jfr*=off",
                "-XX:StartFlightRecording:settings=none,filename="
                    + recording
                    + ",+jdk.VirtualThreadPinned#enabled=true"
                    + ",+jdk.VirtualThreadPinned#threshold=0ns"
                    + ",+jdk.VirtualThreadPinned#stackTrace=true"
                    + ",+dotagent.Lookup#enabled=false");
    Watched run = Watched.run(folder, program);
    List<String> said = run.asked("same" + DOMAIN).result().stdout();
    String all = VIRTUAL_CROWD + " of " + VIRTUAL_CROWD;
    assertEquals(List.of(all, all), List.of(said.get(0), said.get(2)));
    Instant warm = Instant.ofEpochMilli(Long.parseLong(said.get(1).substring("warm ".length())));
    assertEquals(List.of(), pinnedByUs(recording, warm));
  }

  /** Where one of our frames is on the stack of a pinned thread. */
  private static List<String> pinnedByUs(Path recording, Instant since) throws IOException {
    return RecordingFile.readAllEvents(recording).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
        .filter(event -> event.getStartTime().isAfter(since))
        .map(UnusualCallersIT::frames)
        .filter(stack -> stack.contains("io.github.dotagent."))
        .distinct()
        .toList();
  }

  private static String frames(RecordedEvent event) {
    return Stream.ofNullable(event.getStackTrace())
        .flatMap(stack -> stack.getFrames().stream())
        .map(RecordedFrame::getMethod)
        .filter(Objects::nonNull)
        .map(method -> method.getType().getName() + "." + method.getName())
        .filter(frame -> !frame.startsWith("io.github.dotagent.it."))
        .reduce("", (all, frame) -> all + "\n" + frame);
  }

  private static ChildJvm program(JavaHome java, String... args) {
    return ChildJvm.program(java, "UnusualCallers").jvmArgs(AGENT).args(args);
  }
}
