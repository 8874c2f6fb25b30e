package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures on the thread of the loop. */
@Timeout(30)
class ForwardLoopTest {
  private static final int LONG = 20; // seconds: for a thread that has to have its turn

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean owes; // each channel
  private ForwardLoop loop;
  private Thread thread;

  @BeforeEach
  void start() throws Exception {
    loop = new ForwardLoop(timers, log, ended::countDown);
    thread = new Thread(loop, "loop");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void end() throws Exception {
    loop.close();
    assertTrue(ended.await(LONG, TimeUnit.SECONDS));
  }

  @Test
  void anErrorInATaskIsLoggedAndTheNextTaskRuns() throws Exception {
    loop.execute(
        () -> {
          throw new StackOverflowError("of a test");
        });
    assertTrue(goesOn());
    assertEquals(
        "ERROR a query of a library was not forwarded: java.lang.StackOverflowError: of a test",
        log.lines().get(0));
  }

  /** On Java 8 it would close the next channel that is read, and on all keep the loop spinning. */
  @Test
  void anInterruptDoesNotCloseAChannel() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    Pipe pipe = open(reading(read));
    thread.interrupt();
    while (thread.isInterrupted()) { // a turn that had begun goes on; the time limit ends it
      assertTrue(goesOn());
    }
    write(pipe);
    assertTrue(read.await(LONG, TimeUnit.SECONDS));
    assertTrue(pipe.source().isOpen());
    close(pipe);
  }

  @Test
  void anErrorOfAChannelClosesOnlyThatChannel() throws Exception {
    Pipe bad = open(failing(new NoClassDefFoundError("of/a/Test")));
    CountDownLatch read = new CountDownLatch(1);
    Pipe good = open(reading(read));
    write(bad);
    while (bad.source().isOpen()) { // the test's time limit ends it
      assertTrue(goesOn());
    }
    write(good);
    assertTrue(read.await(LONG, TimeUnit.SECONDS));
    assertTrue(log.lines().get(0).contains("NoClassDefFoundError"), log.lines().toString());
    close(bad, good);
  }

  @Test
  void theLoopOwesAResponseWhileAChannelOwesOne() throws Exception {
    Pipe pipe = open(reading(new CountDownLatch(1)));
    assertFalse(loopOwes());
    owes = true;
    assertTrue(loopOwes());
    pipe.source().close();
    assertFalse(loopOwes(), "nothing can be sent there");
    close(pipe);
  }

  @Test
  void theLoopOwesAResponseWhileATaskWaitsForRoom() throws Exception {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    loop.execute(
        () -> {
          loop.onceThereIsRoom(() -> {});
          asked.complete(loop.owes());
        });
    assertTrue(asked.get(LONG, TimeUnit.SECONDS));
    while (loopOwes()) { // until the next turn; the test's time limit ends it
      assertTrue(goesOn());
    }
  }

  private boolean loopOwes() throws Exception {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    loop.execute(() -> asked.complete(loop.owes()));
    return asked.get(LONG, TimeUnit.SECONDS);
  }

  @Test
  void manyErrorsAreLoggedAFewTimes() throws Exception {
    for (int i = 0; i < 100; i++) {
      loop.execute(
          () -> {
            throw new OutOfMemoryError("of a test");
          });
    }
    assertTrue(goesOn());
    assertEquals(100, log.lines().size());
    assertTrue(
        log.lines().stream().filter(line -> line.startsWith(Level.ERROR + " ")).count() < 10);
  }

  /** A whole turn fails in the search for finished work. */
  @Test
  void oneFailedTurnDoesNotEndTheLoopEightInARowDo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Pipe once = open(over(1, asked));
    sweep();
    assertTrue(asked.await(LONG, TimeUnit.SECONDS));
    assertTrue(goesOn());
    assertEquals(1, log.lines().size());

    Pipe always = open(over(ForwardLoop.MOST_FAILED_TURNS, new CountDownLatch(1)));
    sweep();
    assertTrue(ended.await(LONG, TimeUnit.SECONDS));
    assertFalse(always.source().isOpen(), "the client sees the close");
    close(once, always);
  }

  private void sweep() {
    timers.advance(Duration.ofSeconds(2));
    loop.execute(() -> {});
  }

  private boolean goesOn() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(done::countDown);
    return done.await(LONG, TimeUnit.SECONDS);
  }

  private Pipe open(ForwardLoop.Ready ready) throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    CompletableFuture<SelectionKey> registered = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            registered.complete(loop.register(pipe.source(), SelectionKey.OP_READ, ready));
          } catch (IOException refused) {
            registered.completeExceptionally(refused);
          }
        });
    registered.get(LONG, TimeUnit.SECONDS);
    return pipe;
  }

  private static void write(Pipe pipe) throws Exception {
    pipe.sink().write(ByteBuffer.wrap(new byte[1]));
  }

  private static void close(Pipe... pipes) throws Exception {
    for (Pipe pipe : pipes) {
      pipe.source().close();
      pipe.sink().close();
    }
  }

  private ForwardLoop.Ready failing(Error failure) {
    return new ForwardLoop.Ready() {
      @Override
      public void ready(SelectionKey key) {
        throw failure;
      }

      @Override
      public boolean owes() {
        return owes;
      }

      @Override
      public boolean isOver(long nowNanos) {
        return false;
      }
    };
  }

  private ForwardLoop.Ready reading(CountDownLatch read) {
    return new ForwardLoop.Ready() {
      @Override
      public void ready(SelectionKey key) throws IOException {
        ((ReadableByteChannel) key.channel()).read(ByteBuffer.allocate(1));
        read.countDown();
      }

      @Override
      public boolean owes() {
        return owes;
      }

      @Override
      public boolean isOver(long nowNanos) {
        return false;
      }
    };
  }

  /** Fails so many times when it is asked whether it is over, a turn after the other. */
  private ForwardLoop.Ready over(int times, CountDownLatch asked) {
    return new ForwardLoop.Ready() {
      private int left = times;

      @Override
      public void ready(SelectionKey key) {}

      @Override
      public boolean owes() {
        return owes;
      }

      @Override
      public boolean isOver(long nowNanos) {
        asked.countDown();
        if (left-- > 0) {
          sweep();
          throw new OutOfMemoryError("of a test");
        }
        return false;
      }
    };
  }

  /** By Thread.stop of the program's; the end of its work was not done. */
  @Test
  void aLoopStoppedBeforeItsEndIsLost() throws Exception {
    CountDownLatch again = new CountDownLatch(2);
    ForwardLoop stopped =
        new ForwardLoop(
            timers,
            log,
            () -> {
              again.countDown();
              if (again.getCount() == 1) {
                throw new ThreadDeath();
              }
            });
    assertFalse(stopped.isLost(), "it has not begun");
    Thread its = new Thread(stopped);
    stopped.close();
    its.start();
    its.join();
    assertTrue(stopped.isLost());
    stopped.bury();
    assertEquals(0, again.getCount());
  }
}
