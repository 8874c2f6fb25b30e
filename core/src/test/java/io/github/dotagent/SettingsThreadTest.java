package io.github.dotagent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.FollowedSettings;
import io.github.dotagent.config.SettingSources;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.testing.RecordedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsThreadTest {
  @TempDir Path folder;

  private final RealThreads threads = new RealThreads();
  private final AtomicInteger begun = new AtomicInteger();

  /** The chaos found it: from then on no change of a file was seen. */
  @Test
  void outlivesAFullHeap() throws Exception {
    AtomicInteger full = new AtomicInteger(2);
    FollowedSettings followed =
        followed(
            () -> {
              throw new FollowedSettings.NotTakenException("not in this test", null);
            });
    SettingsThread thread =
        new SettingsThread(followed, this::start) {
          @Override
          List<CompletableFuture<FollowedSettings.LookReport>> wished() {
            if (full.getAndDecrement() > 0) {
              throw new OutOfMemoryError("Java heap space");
            }
            return super.wished();
          }
        };
    assertFalse(thread.lookNow().isWell(), "looked at, and refused"); // the first look begins it
    assertTrue(full.get() < 0, "it was tried again");
    endsAsTheOnlyOne(thread);
  }

  /** Up to Java 19; from then on no change of a file was seen until the next reload. */
  @Test
  void outlivesAProgramThatStopsEachThreadThatItFinds() throws Exception {
    FollowedSettings followed =
        followed(
            () -> {
              throw new ThreadDeath();
            });
    SettingsThread thread = new SettingsThread(followed, this::start);
    for (int i = 0; i < 2; i++) {
      String said = assertThrows(IllegalStateException.class, thread::lookNow).getMessage();
      assertEquals("the files of the settings could not be checked: java.lang.ThreadDeath", said);
    }
    endsAsTheOnlyOne(thread);
  }

  @Test
  void alsoWhenItIsStoppedBetweenTwoLooks() throws Exception {
    AtomicInteger stops = new AtomicInteger(1);
    FollowedSettings followed =
        followed(
            () -> {
              throw new FollowedSettings.NotTakenException("not in this test", null);
            });
    SettingsThread thread =
        new SettingsThread(followed, this::start) {
          @Override
          List<CompletableFuture<FollowedSettings.LookReport>> wished() {
            if (stops.getAndDecrement() > 0) {
              throw new ThreadDeath();
            }
            return super.wished();
          }
        };
    assertFalse(thread.lookNow().isWell(), "looked at, and refused");
    endsAsTheOnlyOne(thread);
  }

  private void endsAsTheOnlyOne(SettingsThread thread) throws InterruptedException {
    assertEquals(1, begun.get(), "by the same thread");
    thread.end();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  private void start(String role, Runnable work) {
    begun.incrementAndGet();
    threads.start(role, work);
  }

  /** Checks what is taken over. */
  private interface Check {
    void run() throws FollowedSettings.NotTakenException;
  }

  private FollowedSettings followed(Check check) throws Exception {
    Path file = folder.resolve("agent.properties");
    Files.writeString(file, "upstreams=192.0.2.1@853#dns.example\n");
    SettingSources sources =
        new SettingSources(Map.of("os.name", "Linux"), Map.of(), file.toString());
    return new FollowedSettings(
        sources,
        ConfigLoader.load(sources),
        0,
        (change, filesMayDiffer) -> {
          check.run();
          throw new AssertionError("it refuses");
        },
        new ManualTimers(),
        new RecordedLog());
  }
}
