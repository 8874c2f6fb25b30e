package io.github.dotagent;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.config.FollowedSettings;
import io.github.dotagent.config.SettingsStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the files of the settings once a second. It is a thread of its own, because a network
 * disk that does not answer blocks its reader, perhaps for ever, and must block neither a lookup
 * nor the timer.
 */
class SettingsThread implements Runnable {
  /** As often as hosts files: people who change a file check at once whether it works. */
  private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(1);

  /**
   * A turn may take this long: a file is given up after five seconds, and a command waits longer
   * for its answer. A PKCS12 store of five million iterations takes longer.
   */
  private static final int LOOK_NOW_SECONDS = 8;

  /** After a turn for which there was no memory: the JVM has time to collect garbage. */
  private static final long NO_ROOM_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final FollowedSettings followed;
  private final ThreadStarter threads;
  private final Object monitor = new Object();
  private final List<CompletableFuture<FollowedSettings.LookReport>> wishes =
      new ArrayList<>(); // guarded by monitor
  private Thread thread; // guarded by monitor; null: none has begun
  private boolean ended; // guarded by monitor

  SettingsThread(FollowedSettings followed, ThreadStarter threads) {
    this.followed = followed;
    this.threads = threads;
  }

  /** Starts the thread if there are files to look at. */
  void begin() {
    if (followed.hasFiles()) {
      threads.start("settings", this);
    }
  }

  SettingsStatus status() {
    return followed.status();
  }

  /** No more looks; one that is under way ends. */
  void end() {
    synchronized (monitor) {
      ended = true;
      monitor.notifyAll();
    }
  }

  /** Looks at once, and waits for the result. */
  FollowedSettings.LookReport lookNow() {
    if (!followed.hasFiles()) {
      return followed.lookNow(); // says so, and asks no disk
    }
    CompletableFuture<FollowedSettings.LookReport> wish = new CompletableFuture<>();
    synchronized (monitor) {
      wishes.add(wish);
      monitor.notifyAll();
      if (thread == null || !thread.isAlive()) { // it could not start: out of memory
        threads.start("settings", this);
      }
    }
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOOK_NOW_SECONDS);
    try {
      while (true) {
        try {
          return wish.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException kept) {
          interrupted = true;
        } catch (ExecutionException broken) {
          throw new IllegalStateException(
              "the files of the settings could not be checked: " + broken.getCause(), broken);
        } catch (TimeoutException late) {
          throw new IllegalStateException(
              "the files of the settings were not read within "
                  + LOOK_NOW_SECONDS
                  + " s: their disk does not answer, or a PKCS12 store has too many iterations;"
                  + " the log will have the result",
              late);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void run() {
    synchronized (monitor) {
      if (thread != null && thread.isAlive()) {
        return;
      }
      thread = Thread.currentThread();
    }
    boolean goesOn = true;
    while (goesOn) {
      try {
        goesOn = turn();
      } catch (RuntimeException | Error broken) {
        // There was no memory for a list of the requests, or a program stops each thread that it
        // finds (Thread.stop). Without this thread the agent follows no file any more, and no
        // message says so. The next turn takes the requests that are left.
        LockSupport.parkNanos(NO_ROOM_NANOS);
      }
    }
    answer(wished(), null, new IllegalStateException("the agent is stopping"));
  }

  /** Rests, and looks; false when there are no more looks. */
  private boolean turn() {
    if (!rest()) {
      return false;
    }
    List<CompletableFuture<FollowedSettings.LookReport>> wished = wished();
    try {
      if (wished.isEmpty()) {
        followed.look();
      } else {
        answer(wished, followed.lookNow(), null);
      }
    } catch (RuntimeException | Error broken) {
      // the previous settings stay in force; the next look may succeed
      answer(wished, null, broken);
    }
    return true;
  }

  private static void answer(
      List<CompletableFuture<FollowedSettings.LookReport>> wished,
      FollowedSettings.LookReport outcome,
      Throwable broken) {
    for (CompletableFuture<FollowedSettings.LookReport> wish : wished) {
      if (outcome == null) {
        wish.completeExceptionally(broken);
      } else {
        wish.complete(outcome);
      }
    }
  }

  /** Takes the requests; all of them stay if it finds no memory. */
  List<CompletableFuture<FollowedSettings.LookReport>> wished() {
    synchronized (monitor) {
      List<CompletableFuture<FollowedSettings.LookReport>> all = new ArrayList<>(wishes);
      wishes.clear();
      return all;
    }
  }

  /** Waits until the next look is due; false if there is none. */
  private boolean rest() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
    synchronized (monitor) {
      while (!ended && wishes.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          break;
        }
        try {
          monitor.wait(left);
        } catch (InterruptedException notForUs) {
          // some programs interrupt every thread they find
        }
      }
      return !ended;
    }
  }
}
