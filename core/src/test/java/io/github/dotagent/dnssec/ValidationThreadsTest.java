package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.testing.RealThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Threads that are there while something is checked, and whatever becomes of a check. */
class ValidationThreadsTest {
  private final RealThreads started = new RealThreads();

  @Test
  void noMoreThanTheyMayBe() throws InterruptedException {
    ValidationThreads threads = new ValidationThreads(started, 2);
    CountDownLatch begin = new CountDownLatch(1); // until then no thread can be idle, and end
    CountDownLatch all = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      threads.execute(
          () -> {
            await(begin);
            all.countDown();
          });
    }
    assertEquals(2, started.roles().size(), started.roles()::toString);
    begin.countDown();
    all.await();
    threads.close();
    started.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException never) {
      throw new AssertionError(never);
    }
  }

  @Test
  void twoChecksRunAtOnce() throws InterruptedException {
    ValidationThreads threads = new ValidationThreads(started, 2);
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch over = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      threads.execute(
          () -> {
            both.countDown();
            await(both);
            over.countDown();
          });
    }
    over.await();
    threads.close();
    started.join();
  }

  @Test
  void aCheckThatFailsLosesNoOther() throws InterruptedException {
    ValidationThreads threads = new ValidationThreads(started, 1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    threads.execute(
        () -> {
          await(begun);
          throw new OutOfMemoryError("on purpose");
        });
    threads.execute(over::countDown);
    begun.countDown();
    over.await();
    assertEquals(List.of("dnssec", "dnssec"), started.roles());
    threads.close();
    started.join();
    assertEquals(1, started.uncaught().size());
  }

  /** The lookup fails; what waits is checked by the next thread that can be had. */
  @Test
  void whereNoThreadCanBeHadTheNextOneTakesAllThatWaits() {
    List<Runnable> later = new ArrayList<>();
    List<Runnable> refused = new ArrayList<>();
    ThreadStarter none =
        new ThreadStarter() {
          @Override
          public void start(String role, Runnable work) {
            throw new AssertionError("whether it begins matters");
          }

          @Override
          public void start(String role, Runnable work, Runnable notStarted) {
            later.add(work);
            refused.add(notStarted);
          }
        };
    ValidationThreads threads = new ValidationThreads(none, 1);
    List<String> done = new ArrayList<>();
    threads.execute(() -> done.add("first"));
    refused.get(0).run();
    threads.execute(() -> done.add("second"));
    threads.execute(threads::close); // so that the thread does not wait for more
    assertEquals(2, later.size());
    later.get(1).run();
    assertEquals(List.of("first", "second"), done);
    assertThrows(RejectedExecutionException.class, () -> threads.execute(() -> done.add("third")));
  }

  @Test
  void anErrorOnTheWayToAThreadIsTheCallers() {
    ThreadStarter broken =
        new ThreadStarter() {
          private boolean was;

          @Override
          public void start(String role, Runnable work) {
            throw new AssertionError("whether it begins matters");
          }

          @Override
          public void start(String role, Runnable work, Runnable notStarted) {
            if (!was) {
              was = true;
              throw new OutOfMemoryError("on purpose");
            }
            work.run();
          }
        };
    ValidationThreads threads = new ValidationThreads(broken, 1);
    List<String> done = new ArrayList<>();
    assertThrows(OutOfMemoryError.class, () -> threads.execute(() -> done.add("first")));
    threads.execute(threads::close);
    assertEquals(List.of("first"), done);
  }
}
