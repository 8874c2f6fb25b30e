package io.github.dotagent.it.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.io.TempDir;

/** Flight Recorder, awake from the start or woken later, has the agent's events. */
class JfrIT {
  private static final String NAME = "www.example.test";

  @TempDir Path folder;

  @EachJava
  void eventsAreRecordedFromTheStart(JavaHome java) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            start(java, pinned(dot), "-XX:StartFlightRecording=dumponexit=true,filename=" + file)) {
      program.awaitLine("Use jcmd "); // the JVM's own last line about the recording
      Recordings.awaitJoined(program);
      lookUp(program, dot);
      program.finish();
      seen(Recordings.events(file), dot);
    }
  }

  @EachJava(few = true)
  void eventsAreRecordedFromALaterStart(JavaHome java) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program = start(java, pinned(dot))) {
      assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      Recordings.start(program, file);
      Recordings.awaitJoined(program);
      lookUp(program, dot);
      program.finish();
      seen(Recordings.events(file), dot);
    }
  }

  private static Agent pinned(DotUpstream dot) {
    return dot.agent().set("pins", dot.certificate.pin()).set("log.level", "debug");
  }

  private RunningChild start(JavaHome java, Agent agent, String... jvmArgs) {
    return agent.uncachedOn(ChildJvm.program(java, "ManagedLookups")).jvmArgs(jvmArgs).start();
  }

  /** After this the cache is empty, and there is a new connection. */
  private static void lookUp(RunningChild program, DotUpstream dot) {
    ServerCertificate other = dot.otherCertificate();
    dot.server.present(other);
    dot.server.dropConnections();
    String refused = program.ask("why new.many.example.test");
    assertTrue(refused.contains("pin mismatch"), refused);
    dot.server.present(dot.certificate);
    assertEquals("ok 192.0.2.9", program.ask("byName new.many.example.test"));
    assertEquals("ok 192.0.2.9", program.ask("byName new.many.example.test"));
    dot.server.faults().closeAfter(1); // in TLS's order: that session is gone on with
    assertTrue(program.ask("why nobody.example.test").contains("NXDOMAIN"));
    assertEquals("ok 192.0.2.9", program.ask("byName other.many.example.test"));
    dot.server.faults().clear();
    assertTrue(program.ask("byName localhost").startsWith("ok 127.0.0.1"));
  }

  private static void seen(List<RecordedEvent> events, DotUpstream dot) {
    List<String> lookups =
        events.stream()
            .filter(event -> event.getEventType().getName().equals("dotagent.Lookup"))
            .map(
                event ->
                    event.getString("name")
                        + " "
                        + event.getString("outcome")
                        + " from "
                        + event.getString("from")
                        + " "
                        + event.getString("upstream"))
            .toList();
    assertTrue(
        lookups.containsAll(
            List.of(
                "new.many.example.test untrusted from upstream null",
                "new.many.example.test found from upstream 127.0.0.1",
                "new.many.example.test found from cache 127.0.0.1",
                "nobody.example.test no such name from upstream 127.0.0.1")),
        lookups.toString());
    assertTrue(
        lookups.stream()
            .anyMatch(lookup -> lookup.matches("localhost found from (hosts|loopback) null")),
        lookups.toString());
    RecordedEvent lookup = one(events, "dotagent.Lookup", "outcome", "untrusted");
    assertTrue(lookup.getDuration().compareTo(Duration.ZERO) > 0, lookup.toString());
    assertTrue(
        lookup.getStackTrace().getFrames().stream()
            .anyMatch(frame -> frame.getMethod().getType().getName().endsWith(".ManagedLookups")),
        "who looked up: " + lookup);
    assertEquals("main", lookup.getThread().getJavaName());

    RecordedEvent connected = one(events, "dotagent.Connection", "tlsVersion", "TLSv1.3");
    assertEquals(dot.upstream(), connected.getString("upstream"));
    assertTrue(connected.getString("cipher").startsWith("TLS_AES_"), connected.toString());
    assertEquals(dot.certificate.pin(), connected.getString("matchedPin"));
    assertTrue(
        events.stream().anyMatch(event -> event.hasField("resumed") && event.getBoolean("resumed")),
        events.toString());
    RecordedEvent refused = one(events, "dotagent.Connection", "tlsVersion", null);
    assertTrue(refused.getString("failure").startsWith("pin mismatch (presented "), "" + refused);

    RecordedEvent mismatch = one(events, "dotagent.PinMismatch", "upstream", dot.upstream());
    assertTrue(mismatch.getBoolean("refused"), mismatch.toString());
    assertTrue(
        refused.getString("failure").contains(mismatch.getString("presented").split(" ")[0]),
        mismatch.toString());
  }

  private static RecordedEvent one(
      List<RecordedEvent> events, String type, String field, String value) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(type))
        .filter(event -> Objects.equals(event.getString(field), value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " of " + value + ": " + events));
  }
}
