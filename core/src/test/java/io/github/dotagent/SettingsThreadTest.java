package io.github.dotagent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

  /** The chaos found it: from then on no change of a file was seen. */
  @Test
  void outlivesAFullHeap() throws Exception {
    Path file = folder.resolve("agent.properties");
    Files.writeString(file, "upstreams=192.0.2.1@853#dns.example\n");
    SettingSources sources =
        new SettingSources(Map.of("os.name", "Linux"), Map.of(), file.toString());
    FollowedSettings followed =
        new FollowedSettings(
            sources,
            ConfigLoader.load(sources),
            0,
            (change, filesMayDiffer) -> {
              throw new FollowedSettings.NotTakenException("not in this test", null);
            },
            new ManualTimers(),
            new RecordedLog());
    AtomicInteger full = new AtomicInteger(2);
    AtomicInteger begun = new AtomicInteger();
    RealThreads threads = new RealThreads();
    SettingsThread thread =
        new SettingsThread(
            followed,
            (role, work) -> {
              begun.incrementAndGet();
              threads.start(role, work);
            }) {
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
    assertEquals(1, begun.get(), "by the same thread");
    thread.end();
    threads.join();
  }
}
