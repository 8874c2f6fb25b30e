package io.github.dotagent.support;

import io.github.dotagent.support.LogSettings.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the lines on a thread of its own: a stderr that is a full pipe, or a file on a server that
 * is away, holds up whoever writes to it, and that must be no lookup, no connection and not the
 * timer. Lines stay in order. While more come than can be written they are dropped, and how many is
 * said once it has caught up.
 *
 * <p>Until {@link #queue} is called lines are written where they are said: before the program's
 * main there is nobody to hold up, and the JVM may end without another word.
 */
public final class QueuedLog implements Log {
  /** A burst of trouble with a line for each lookup, and hardly more than 0.2 MB. */
  static final int CAPACITY = 1_000;

  private final LineLog log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Deque<byte[]> lines = new ArrayDeque<>(); // guarded by lock
  private long dropped; // guarded by lock; since the last line that was not
  private boolean writing; // guarded by lock; a line is out of the queue and not yet written
  private boolean running; // guarded by lock; the thread has begun
  private volatile Threads threads; // null: nothing is queued yet

  public QueuedLog(LogSettings settings) {
    this(new LineLog(settings));
  }

  QueuedLog(LineLog log) {
    this.log = log;
  }

  /**
   * From now on lines are queued.
   *
   * @param starting starts the thread that writes them, with the first line
   */
  public void queue(Threads starting) {
    threads = starting;
  }

  /** What is written now. */
  public Level level() {
    return log.level();
  }

  /** From now on lines above this level are not written; those that are queued are. */
  public void setLevel(Level most) {
    log.setLevel(most);
  }

  @Override
  public boolean shows(Level level) {
    return log.shows(level);
  }

  @Override
  public void write(Level level, String line) {
    if (!shows(level)) {
      return;
    }
    byte[] octets = LineLog.octetsOf(level, line);
    Threads starting = threads;
    if (starting == null) {
      log.append(octets);
    } else if (enqueue(octets)) {
      starting.start("log", new Writing());
    }
  }

  /** True when the thread is to be started, now or, where it could not be, once more. */
  private boolean enqueue(byte[] octets) {
    lock.lock();
    try {
      // once some are missing, those that follow are too, until the gap has been told
      if (dropped > 0 || lines.size() >= CAPACITY) {
        dropped++;
      } else {
        lines.addLast(octets);
        filled.signal();
      }
      return !running && (lines.size() + dropped) % CAPACITY == 1;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all is written, but no longer than that. A thread that was interrupted before waits
   * as well, and stays interrupted.
   */
  public void flush(long nanos) {
    boolean interrupted = Thread.interrupted();
    long left = nanos;
    lock.lock();
    try {
      while (!isWritten() && left > 0) {
        left = emptied.awaitNanos(left);
      }
    } catch (InterruptedException inAHurry) {
      interrupted = true;
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWritten() {
    return lines.isEmpty() && dropped == 0 && !writing;
  }

  /** Waits for the next line. */
  private byte[] take() {
    lock.lock();
    try {
      writing = false;
      while (lines.isEmpty() && dropped == 0) {
        emptied.signalAll();
        filled.awaitUninterruptibly();
      }
      writing = true;
      return lines.isEmpty() ? gap() : lines.removeFirst();
    } finally {
      lock.unlock();
    }
  }

  private byte[] gap() {
    byte[] said =
        LineLog.octetsOf(Level.WARN, dropped + " lines are missing: the log could not take them");
    dropped = 0;
    return said;
  }

  /** One at a time; whoever comes second has nothing to do. */
  private boolean begin() {
    lock.lock();
    try {
      boolean first = !running;
      running = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  private final class Writing implements Runnable {
    @Override
    public void run() {
      if (begin()) {
        writeAll();
      }
    }

    /** As long as the JVM lives. */
    private void writeAll() {
      while (true) {
        try {
          log.append(take());
        } catch (RuntimeException | Error lineIsLost) {
          // out of memory, say; the lines after it may do better
        }
      }
    }
  }
}
