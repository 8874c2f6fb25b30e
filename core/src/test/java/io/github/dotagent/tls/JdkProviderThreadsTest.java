package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.concurrent.ThreadStarter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The work runs on a thread of the starter's, and what it is told reaches the starter. */
class JdkProviderThreadsTest {
  private final List<String> events = new ArrayList<>();

  private final JdkProviderThreads threads =
      new JdkProviderThreads(
          new ThreadStarter() {
            @Override
            public void start(String role, Runnable work) {
              events.add("starts " + role);
              work.run();
            }

            @Override
            public void start(String role, Runnable work, Runnable notStarted) {
              start(role, work);
              notStarted.run();
            }
          });

  @Test
  void theWorkRunsUnderItsRole() {
    threads.start("validator", () -> events.add("works"));
    assertEquals(List.of("starts validator", "works"), events);
  }

  @Test
  void theStarterLearnsWhatToDoWithoutAThread() {
    threads.start("validator", () -> events.add("works"), () -> events.add("none"));
    assertEquals(List.of("starts validator", "works", "none"), events);
  }

  @Test
  void whatTheWorkThrowsIsNotHidden() {
    IllegalStateException thrown = new IllegalStateException("of the work");
    assertEquals(
        thrown,
        assertThrows(
            IllegalStateException.class,
            () ->
                threads.start(
                    "validator",
                    () -> {
                      throw thrown;
                    })));
  }
}
