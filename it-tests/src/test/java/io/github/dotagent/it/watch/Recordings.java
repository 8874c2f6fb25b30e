package io.github.dotagent.it.watch;

import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Flight recordings of a child, made and read with the JDK's own tools. */
public final class Recordings {
  private static final Duration WITHIN = Duration.ofSeconds(90); // it takes three at most
  private static final long BETWEEN_MILLIS = 50;

  private Recordings() {}

  /** Begins one, with jcmd, that is written when the child ends. */
  public static void start(RunningChild child, Path file) {
    Path jcmd = JavaHome.current().folder().resolve("bin").resolve("jcmd");
    List<String> command =
        List.of(
            jcmd.toString(),
            Long.toString(child.pid()),
            "JFR.start",
            "dumponexit=true",
            "filename=" + file);
    try (RunningChild started = RunningChild.of(command, WITHIN)) {
      started.awaitLine("Started recording");
    }
  }

  /** Until the agent's events are recorded too, which it says at debug. */
  public static void awaitJoined(RunningChild child) throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    while (child.stderr().stream().noneMatch(line -> line.contains("watched with JFR"))) {
      if (System.nanoTime() - end > 0 || !child.isAlive()) {
        throw new AssertionError("not joined: " + child.stderr());
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    }
  }

  /** The agent's. */
  public static List<RecordedEvent> events(Path file) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("dotagent."))
        .toList();
  }
}
