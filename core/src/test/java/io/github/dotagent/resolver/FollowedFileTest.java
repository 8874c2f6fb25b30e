package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.testing.ManualTimers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What HostsFileTest does not say of it. */
class FollowedFileTest {
  @TempDir Path folder;

  private final ManualTimers timers = new ManualTimers();
  private final AtomicInteger readings = new AtomicInteger();

  private FollowedFile<String> following(Path file) {
    return new FollowedFile<>(
        file,
        text -> {
          readings.incrementAndGet();
          return text.readLine();
        },
        "absent",
        timers);
  }

  @Test
  void aFileThatIsNotThereIsLookedForOnceASecond() throws IOException {
    Path file = folder.resolve("late");
    FollowedFile<String> followed = following(file);
    assertEquals("absent", followed.current());
    Files.writeString(file, "there");
    assertEquals("absent", followed.current());
    timers.advance(Duration.ofSeconds(1));
    assertEquals("there", followed.current());
    assertEquals("there", followed.current());
    assertEquals(1, readings.get());
  }

  @Test
  void oneThatComesBackIsReadAgain() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "one");
    FollowedFile<String> followed = following(file);
    assertEquals("one", followed.current());
    Files.delete(file);
    timers.advance(Duration.ofSeconds(1));
    assertEquals("one", followed.current());
    Files.writeString(file, "two");
    timers.advance(Duration.ofSeconds(1));
    assertEquals("two", followed.current());
  }
}
