package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.web.EchoOnLoopback;
import io.github.dotagent.it.harness.web.HttpServerOnLoopback;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

  @EachJava
  void runsThePrograms(JavaHome java) {
    try (HttpServerOnLoopback web = HttpServerOnLoopback.start().page("/", "hello");
        EchoOnLoopback echo = EchoOnLoopback.start()) {
      String url = "http://localhost:" + web.port() + "/";
      String[] commands = {
        "byName 127.0.0.3",
        "socket localhost " + echo.port(),
        "http " + url,
        "http " + url + "absent",
        "reverse 127.0.0.1"
      };
      ChildResult result =
          ChildJvm.program(java, "LookupProgram")
              .args(String.join(" ", commands).split(" "))
              // localhost is the system's, which may name ::1 first
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .run()
              .quiet();
      assertEquals("ok 127.0.0.3", result.stdout().get(0));
      assertEquals("ok 127.0.0.1 echo hello", result.stdout().get(1));
      assertEquals("ok 200 hello", result.stdout().get(2));
      assertEquals(
          "failed java.io.FileNotFoundException: " + url + "absent", result.stdout().get(3));
      assertTrue(result.stdout().get(4).startsWith("ok canonical="), result.toString());

      ChildResult pages =
          ChildJvm.program(java, "PageFetcher")
              .args(url)
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .run()
              .quiet();
      assertEquals(List.of("localhost 127.0.0.1 HTTP/1.1 200 OK"), pages.stdout());
      assertEquals("localhost:" + web.port(), web.requests().get(0).host());
    }
  }

  @EachJava(from = 11)
  void runsTheHttpClient(JavaHome java) {
    try (HttpServerOnLoopback web = HttpServerOnLoopback.start().page("/", "hello")) {
      ChildResult result =
          ChildJvm.program11(java, "HttpClientProgram")
              .args("http://127.0.0.1:" + web.port() + "/")
              .run()
              .quiet();
      assertEquals(List.of("ok 200 hello"), result.stdout());
    }
  }

  @Test
  void drivesAProgramStepByStep() {
    try (RunningChild child = lookups().args("-").start()) {
      assertEquals("ok 127.0.0.5", child.ask("byName 127.0.0.5"));
      assertTrue(child.isAlive());
      assertEquals("ok 127.0.0.6", child.ask("allByName 127.0.0.6"));
      assertEquals(2, child.finish().quiet().stdout().size());
    }
  }

  @Test
  void killsAChildThatDoesNotEnd() {
    try (RunningChild child =
        lookups().args("byName", "127.0.0.5", "-").within(Duration.ofSeconds(3)).start()) {
      assertEquals("ok 127.0.0.5", child.readLine()); // it can be asked for its stacks
      AssertionError late = assertThrows(AssertionError.class, child::await);
      assertFalse(child.isAlive());
      String said = late.getMessage();
      assertTrue(said.contains("stacks of " + child.pid() + ":"), said);
      assertTrue(said.contains("LookupProgram.main("), said);
    }
  }

  @Test
  void reportsExitCodeAndStderr() {
    ChildResult result = lookups().args("dance").run();
    assertEquals(2, result.exitCode());
    assertEquals(List.of("unknown or incomplete command: dance"), result.stderr());
    assertThrows(AssertionError.class, result::quiet);
  }

  @Test
  void addsToTheEnvironment() {
    ChildResult result =
        lookups().environment("JAVA_TOOL_OPTIONS", "-Dany=thing").args("byName", "127.0.0.1").run();
    assertEquals(List.of("Picked up JAVA_TOOL_OPTIONS: -Dany=thing"), result.stderr());
  }

  private static ChildJvm lookups() {
    return ChildJvm.program(JavaHome.current(), "LookupProgram");
  }
}
