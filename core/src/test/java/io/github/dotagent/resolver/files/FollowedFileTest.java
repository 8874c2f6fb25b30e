package io.github.dotagent.resolver.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.testing.SameThread;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which thread reads a followed file, which lookups wait for it, and the log lines when it cannot
 * be read.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowedFileTest {
  private static final long MOST = 1_000;

  @TempDir Path folder;

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final AtomicInteger readings = new AtomicInteger();
  private final Deque<Runnable> started = new ArrayDeque<>();
  private final List<String> roles = new ArrayList<>();

  /** Runs while the file is being read. */
  private Reading whileReading = () -> {};

  private interface Reading {
    void happens() throws IOException;
  }

  private FollowedFile<String> following(Path file, ThreadStarter threads) {
    return following(file, threads, timers);
  }

  private FollowedFile<String> following(Path file, ThreadStarter threads, Timers clock) {
    return new FollowedFile<>(
        file,
        new FollowedFile.Outlook("hosts", "nothing follows", "the previous holds"),
        MOST,
        new FollowedFile.Reading<String>() {
          @Override
          public String absent() {
            return "absent";
          }

          @Override
          public String read(InputStream octets) throws IOException {
            readings.incrementAndGet();
            StringBuilder text = new StringBuilder();
            byte[] piece = new byte[4];
            for (int count = octets.read(piece); count >= 0; count = octets.read(piece)) {
              text.append(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
              whileReading.happens();
            }
            return text.toString();
          }
        },
        threads,
        clock,
        log);
  }

  private FollowedFile<String> following(Path file) {
    return following(file, SameThread.THREADS);
  }

  /** Its thread runs when the test says so. */
  private FollowedFile<String> slowlyFollowing(Path file) {
    return following(
        file,
        (role, work) -> {
          roles.add(role);
          started.add(work);
        });
  }

  private WaitBudget noTime() {
    return new WaitBudget(timers, 0);
  }

  private String current(FollowedFile<String> followed) throws FileNotReadException {
    return followed.current(noTime());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }

  @Test
  void aFileThatIsNotThereIsLookedForOnceASecond() throws IOException {
    Path file = folder.resolve("late");
    FollowedFile<String> followed = following(file);
    assertEquals("absent", current(followed));
    Files.writeString(file, "there");
    assertEquals("absent", current(followed));
    timers.advance(Duration.ofSeconds(1));
    assertEquals("there", current(followed));
    assertEquals("there", current(followed));
    assertEquals(1, readings.get());
    assertEquals(List.of(), log.lines());
  }

  @Test
  void aFileThatReturnsIsReadAgain() throws IOException {
    Path file = file("one");
    FollowedFile<String> followed = following(file);
    assertEquals("one", current(followed));
    Files.delete(file);
    timers.advance(Duration.ofSeconds(1));
    assertEquals("one", current(followed));
    file("two");
    timers.advance(Duration.ofSeconds(1));
    assertEquals("two", current(followed));
  }

  @Test
  void oneThreadReadsForAllLookups() throws IOException {
    FollowedFile<String> followed = slowlyFollowing(file("one"));
    for (int lookup = 0; lookup < 100; lookup++) {
      assertThrows(FileNotReadException.class, () -> current(followed));
    }
    assertEquals(List.of("hosts"), roles);
    assertEquals(0, readings.get(), "none by a caller");
    started.remove().run();
    assertEquals("one", current(followed));
    assertEquals(1, readings.get());
  }

  /** With time left, a lookup gets the file's content, and the wait counts against its time. */
  @Test
  void theFirstLookupWaits() throws Exception {
    FollowedFile<String> followed = slowlyFollowing(file("one"));
    WaitBudget hour = new WaitBudget(timers, TimeUnit.HOURS.toNanos(1));
    FutureTask<String> lookup = new FutureTask<>(() -> followed.current(hour));
    Thread caller = new Thread(lookup, "caller");
    caller.start();
    awaitWaiting(caller);
    caller.interrupt();
    awaitWaiting(caller);
    started.remove().run();
    assertEquals("one", lookup.get());
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aLookupWithoutTimeLeftNamesTheFile() throws IOException {
    Path file = file("one");
    FollowedFile<String> followed = slowlyFollowing(file);
    FileNotReadException late = assertThrows(FileNotReadException.class, () -> current(followed));
    assertEquals(file + " is still being read", late.getMessage());
  }

  @Test
  void thePreviousContentHoldsDuringARead() throws IOException {
    FollowedFile<String> followed = slowlyFollowing(file("one"));
    followed.readAhead();
    started.remove().run();
    file("other");
    timers.advance(Duration.ofSeconds(1));
    assertEquals("one", current(followed));
    started.remove().run();
    assertEquals("other", current(followed));
  }

  /** A change that is hours old must not wait for the lookup after the next. */
  @Test
  void aLookupWaitsBrieflyIfTheLastCheckIsOld() throws Exception {
    FollowedFile<String> followed = slowlyFollowing(file("one"));
    followed.readAhead();
    started.remove().run();
    file("other");
    timers.advance(Duration.ofSeconds(2));
    WaitBudget hour = new WaitBudget(timers, TimeUnit.HOURS.toNanos(1));
    CountDownLatch looked = new CountDownLatch(1);
    FutureTask<String> lookup =
        new FutureTask<>(
            () -> {
              followed.readAhead();
              looked.countDown();
              return followed.current(hour);
            });
    new Thread(lookup, "caller").start();
    looked.await();
    started.remove().run();
    assertEquals("other", lookup.get());
  }

  @Test
  void aThreadThatCannotBeStartedIsTriedAgain() throws IOException {
    FollowedFile<String> followed =
        following(
            file("one"),
            (role, work) -> {
              roles.add(role);
              if (roles.size() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              work.run();
            });
    assertThrows(OutOfMemoryError.class, () -> current(followed));
    assertEquals("one", current(followed));
  }

  @Test
  void aThreadThatNeverBeginsIsGivenUp() throws IOException {
    Path file = file("one");
    FollowedFile<String> followed = slowlyFollowing(file);
    assertThrows(FileNotReadException.class, () -> current(followed));
    timers.advance(Duration.ofSeconds(5));
    assertEquals("absent", current(followed));
    assertEquals(
        List.of("ERROR " + file + " has returned no data for 5 s: nothing follows"), log.lines());
    timers.advance(Duration.ofSeconds(1));
    assertEquals("absent", current(followed));
    assertEquals(2, started.size());
    started.removeLast().run();
    assertEquals("one", current(followed));
    assertEquals("INFO " + file + " has been read", log.lines().get(1));
  }

  @Test
  void aFileThatBringsNothingForFiveSecondsIsGivenUp() throws IOException {
    Path file = file("one two three");
    FollowedFile<String> followed = following(file);
    whileReading = () -> timers.advance(Duration.ofSeconds(11));
    assertEquals("absent", current(followed));
    assertEquals(
        List.of("ERROR " + file + " has returned no data for 5 s: nothing follows"), log.lines());
    whileReading = () -> {};
    timers.advance(Duration.ofSeconds(1));
    assertEquals("absent", current(followed), "it is not tried again with every look");
    timers.advance(Duration.ofMinutes(1));
    assertEquals("one two three", current(followed));
  }

  @Test
  void aFileThatGoesOnWithoutEndIsGivenUp() throws IOException {
    Path file = file("x".repeat(4 * 20));
    FollowedFile<String> followed = following(file);
    whileReading = () -> timers.advance(Duration.ofSeconds(4));
    assertEquals("absent", current(followed));
    assertEquals(
        List.of("ERROR " + file + " has not been read within 60 s: nothing follows"), log.lines());
    assertEquals(0, timers.waiting());
  }

  @Test
  void aSlowFileThatGoesOnIsWaitedFor() throws IOException {
    FollowedFile<String> followed = following(file("x".repeat(4 * 10)));
    whileReading = () -> timers.advance(Duration.ofSeconds(4));
    assertEquals("x".repeat(40), current(followed));
    assertEquals(List.of(), log.lines());
    assertEquals(0, timers.waiting(), "no timer watches it any more");
  }

  @Test
  void aFolderInPlaceOfTheFileIsReportedOnce() throws IOException {
    FollowedFile<String> followed = following(folder);
    for (int lookup = 0; lookup < 5; lookup++) {
      assertEquals("absent", current(followed));
      timers.advance(Duration.ofSeconds(1));
    }
    assertEquals(
        List.of(
            "ERROR " + folder + " cannot be read (it is a folder, not a file): nothing follows"),
        log.lines());
  }

  @Test
  void aFileThatIsTooLargeIsNotReadAndThePreviousHolds() throws IOException {
    Path file = file("one");
    FollowedFile<String> followed = following(file);
    assertEquals("one", current(followed));
    file("x".repeat(1_001));
    timers.advance(Duration.ofSeconds(1));
    assertEquals("one", current(followed));
    assertEquals(1, readings.get());
    assertEquals(
        List.of(
            "ERROR "
                + file
                + " cannot be read (it is larger than 1000 octets): the previous holds"),
        log.lines());
    file("two");
    timers.advance(Duration.ofSeconds(1));
    assertEquals("two", current(followed));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceWithoutEndIsReadToItsLimit() throws IOException {
    FollowedFile<String> followed = following(Path.of("/dev/zero"));
    assertEquals("absent", current(followed));
    assertEquals(
        List.of("ERROR /dev/zero cannot be read (it is larger than 1000 octets): nothing follows"),
        log.lines());
    timers.advance(Duration.ofSeconds(1));
    assertEquals("absent", current(followed));
    assertEquals(1, readings.get());
  }

  /** Containers put it where a file is to be hidden. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theNullDeviceIsEmpty() throws IOException {
    assertEquals("", current(following(Path.of("/dev/null"))));
    assertEquals(List.of(), log.lines());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeIsNotOpened() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertEquals("absent", current(following(pipe)));
    assertEquals(
        List.of(
            "ERROR "
                + pipe
                + " cannot be read (it is a pipe or a socket, not a file): nothing follows"),
        log.lines());
  }

  @Test
  void aFileForWhichThereIsNoMemoryIsLogged() throws IOException {
    Path file = file("one");
    FollowedFile<String> followed = following(file);
    whileReading =
        () -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertEquals("absent", current(followed));
    assertEquals(
        List.of("ERROR " + file + " is larger than the memory that is left: nothing follows"),
        log.lines());
  }

  @Test
  void unforeseenExceptionsAreLoggedToo() throws IOException {
    Path file = file("one");
    FollowedFile<String> followed = following(file);
    whileReading =
        () -> {
          throw new IllegalStateException("of no kind that is known");
        };
    assertEquals("absent", current(followed));
    assertEquals(
        List.of(
            "ERROR "
                + file
                + " cannot be read (java.lang.IllegalStateException: of no kind that is known):"
                + " nothing follows"),
        log.lines());
  }

  /** As Java 8 does to a thread that is interrupted while it reads. */
  @Test
  void anInterruptedReadIsRepeated() throws IOException {
    FollowedFile<String> followed = following(file("one"));
    int[] interrupts = {0};
    whileReading =
        () -> {
          if (interrupts[0]++ < 3) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
          }
        };
    assertEquals("one", current(followed));
    assertEquals(List.of(), log.lines());
  }

  /** Half a hosts file lacks half of its names. */
  @Test
  void aFileThatIsBeingWrittenIsTakenWhenItIsWhole() throws IOException {
    FollowedFile<String> followed = following(file("one"));
    assertEquals("one", current(followed));
    Path file = file("two, and");
    boolean[] written = {false};
    whileReading =
        () -> {
          if (!written[0]) {
            written[0] = true;
            Files.writeString(file, "two, and three");
          }
        };
    timers.advance(Duration.ofSeconds(1));
    current(followed);
    timers.advance(Duration.ofSeconds(1));
    assertEquals("two, and three", current(followed));
  }

  @Test
  void aFileThatAlwaysChangesIsUsedAsItIs() throws IOException {
    FollowedFile<String> followed = following(file("one"));
    assertEquals("one", current(followed));
    Path file = file("two ");
    int[] lines = {0};
    whileReading =
        () -> {
          if (lines[0] < 100) {
            Files.writeString(file, "line " + lines[0]++);
          }
        };
    for (int second = 0; second < 8; second++) {
      timers.advance(Duration.ofSeconds(1));
      current(followed);
    }
    whileReading = () -> {};
    assertTrue(current(followed).contains("line"), current(followed));
  }

  /** By Thread.stop of the program's, as up to Java 19. */
  @Test
  void aThreadThatIsStoppedWhileItReadsIsBegunAgain() throws IOException {
    FollowedFile<String> followed = following(file("one two three"));
    whileReading =
        () -> {
          throw new ThreadDeath();
        };
    assertThrows(ThreadDeath.class, () -> current(followed));
    whileReading = () -> {};
    assertEquals("one two three", current(followed));
    assertEquals(List.of(), log.lines());
  }

  /** Not even the end of its work was done. */
  @Test
  void aThreadThatIsStoppedBeforeItsEndIsBegunAgain() throws Exception {
    Thread[] first = {null};
    Timers deadly =
        new Timers() {
          @Override
          public long nanoTime() {
            if (Thread.currentThread() == first[0]) {
              throw new ThreadDeath();
            }
            return timers.nanoTime();
          }

          @Override
          public Timer after(long delayNanos, Runnable action) {
            return timers.after(delayNanos, action);
          }
        };
    FollowedFile<String> followed =
        following(
            file("one"),
            (role, work) -> {
              if (first[0] != null) {
                work.run();
                return;
              }
              first[0] = new Thread(work);
              first[0].start();
            },
            deadly);
    assertThrows(FileNotReadException.class, () -> current(followed));
    first[0].join();
    assertEquals("one", current(followed));
  }

  /** As on a disk that is away. */
  @Test
  void aCommandDoesNotWaitForAFileWithoutEnd() throws IOException {
    Path file = file("one");
    CountDownLatch never = new CountDownLatch(1);
    IOException late =
        assertThrows(
            IOException.class,
            () ->
                FollowedFile.readWithin(
                    0,
                    file,
                    MOST,
                    new FollowedFile.Reading<String>() {
                      @Override
                      public String absent() {
                        return "absent";
                      }

                      @Override
                      public String read(InputStream octets) {
                        try {
                          never.await();
                        } catch (InterruptedException end) {
                          Thread.currentThread().interrupt();
                        }
                        return "read";
                      }
                    }));
    never.countDown();
    assertEquals("it was not read within 0 s", late.getMessage());
  }
}
