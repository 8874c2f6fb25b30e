package io.github.dotagent.logging;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.logging.LogSettings.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Writes the lines on a thread of its own. A stderr that is a full pipe, or a file on a server that
 * is away, blocks its writer, and must not block a lookup, a connection or the timer. Lines stay in
 * order. If more lines come than can be written, lines are dropped, and once the thread has caught
 * up a line has their number.
 *
 * <p>Until {@link #queue} is called, the calling thread writes the lines: before the program's main
 * nothing else waits, and the JVM may end right after a line.
 *
 * <p>It uses monitors and no lock of java.util.concurrent: a program that stops every thread it
 * finds ({@code Thread.stop}, up to Java 19) may leave such a lock held, and then each line and the
 * end of the JVM would wait for ever. After such a stop the next line starts a new thread.
 */
public final class QueuedLog implements Log {
  /** Enough for a burst of failures with a line for each lookup, and hardly more than 0.2 MB. */
  static final int CAPACITY = 1_000;

  /** {@code wait} counts in milliseconds, and 0 means for ever. */
  private static final long LEAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LineLog log;
  private final Object queue = new Object(); // a monitor
  private final Deque<byte[]> lines = new ArrayDeque<>(); // guarded by queue
  private long dropped; // guarded by queue; since the last line that was queued
  private boolean writing; // guarded by queue; a line was taken and is not written yet
  private Thread writer; // guarded by queue; null until it has begun
  private boolean closed; // guarded by queue
  private volatile ThreadStarter threads; // null: nothing is queued yet

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
  public void queue(ThreadStarter starting) {
    threads = starting;
  }

  /** The level that is written now. */
  public Level level() {
    return log.level();
  }

  /** From now on lines above this level are not written; those that are queued are. */
  public void setLevel(Level most) {
    log.setLevel(most);
  }

  /**
   * Applies the changed settings. A level that was set by JMX stays until the settings name another
   * one.
   */
  public void follow(LogSettings before, LogSettings other) {
    if (before.level() != other.level()) {
      setLevel(other.level());
    }
    log.setFile(other.file().orElse(null));
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
    ThreadStarter starting = threads;
    if (starting == null) {
      log.append(octets);
    } else if (enqueue(octets)) {
      starting.start("log", new Writing());
    }
  }

  /**
   * True if the thread must be started: for the first time, or because an earlier attempt failed.
   */
  private boolean enqueue(byte[] octets) {
    synchronized (queue) {
      if (closed) {
        return false;
      }
      // after a dropped line, later ones are dropped too until the gap is logged
      if (dropped > 0 || lines.size() >= CAPACITY) {
        dropped++;
      } else {
        lines.addLast(octets);
        queue.notifyAll();
      }
      return isWriterGone() || writer == null && (lines.size() + dropped) % CAPACITY == 1;
    }
  }

  /** Whether the thread has started and is dead; true only once. */
  private boolean isWriterGone() {
    boolean gone = writer != null && !writer.isAlive();
    if (gone) {
      writer = null;
    }
    return gone;
  }

  /**
   * Waits until all lines are written, at most {@code nanos}. An interrupted thread waits too, and
   * stays interrupted.
   */
  public void flush(long nanos) {
    boolean interrupted = Thread.interrupted();
    long end = System.nanoTime() + nanos;
    try {
      begunAgain();
      synchronized (queue) {
        for (long left = nanos; !isWritten() && left > 0; left = end - System.nanoTime()) {
          TimeUnit.NANOSECONDS.timedWait(queue, Math.max(left, LEAST_WAIT_NANOS));
        }
      }
    } catch (InterruptedException inAHurry) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until all lines are written, at most {@code nanos}; then ends the thread and closes the
   * file. Later lines are not written.
   */
  public void close(long nanos) {
    flush(nanos);
    boolean writes;
    synchronized (queue) {
      closed = true;
      writes = writer != null && writer.isAlive();
      queue.notifyAll();
    }
    if (!writes) {
      log.close();
    } // otherwise its thread closes it; a write may hang
  }

  private void begunAgain() {
    boolean gone;
    synchronized (queue) {
      gone = isWriterGone() && !isWritten();
    }
    if (gone) {
      threads.start("log", new Writing());
    }
  }

  private boolean isWritten() {
    return lines.isEmpty() && dropped == 0 && !writing;
  }

  /** Waits for the next line; null: there will be none. */
  private byte[] take() {
    synchronized (queue) {
      writing = false;
      while (!hasLine() && !closed) {
        awaitLine();
      }
      if (closed) {
        return null;
      }
      writing = true;
      return lines.isEmpty() ? gap() : lines.removeFirst();
    }
  }

  private boolean hasLine() {
    return !lines.isEmpty() || dropped > 0;
  }

  /** The caller holds the monitor. May return before there is a line. */
  private void awaitLine() {
    try {
      while (!hasLine() && !closed) {
        queue.notifyAll(); // wakes a flush
        queue.wait();
      }
    } catch (InterruptedException notForUs) {
      // some programs interrupt every thread they find
    }
  }

  private byte[] gap() {
    byte[] said =
        LineLog.octetsOf(
            Level.WARN, dropped + " lines were dropped: the log was too slow for them");
    dropped = 0;
    return said;
  }

  /** Only one thread at a time; a second one has nothing to do. */
  private boolean begin() {
    synchronized (queue) {
      if (writer != null && writer.isAlive()) {
        return false;
      }
      writer = Thread.currentThread();
      return true;
    }
  }

  private final class Writing implements Runnable {
    @Override
    public void run() {
      if (begin()) {
        writeAll();
      }
    }

    /** Runs until the log is closed: usually as long as the JVM runs. */
    private void writeAll() {
      while (true) {
        try {
          byte[] line = take();
          if (line == null) {
            log.close();
            return;
          }
          log.append(line);
        } catch (RuntimeException | Error lineIsLost) {
          // e.g. out of memory; later lines may succeed
        }
      }
    }
  }
}
