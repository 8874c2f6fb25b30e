package io.github.dotagent.forward;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The only thread that reads, writes and closes the channels of this package. */
final class ForwardLoop implements Runnable, Executor {
  /** The action of a ready channel. On the loop's thread. */
  interface Ready {
    /**
     * If this method throws, the loop closes the channel. So it must not throw for a channel that
     * several clients share.
     *
     * @throws IOException if the channel cannot be used any more
     */
    void ready(SelectionKey key) throws IOException;

    /** Whether the channel has done its work or its time is over; then the loop closes it. */
    boolean isOver(long nowNanos);

    /** Whether a library waits for a response on this channel. */
    boolean owes();
  }

  /** The interval between two searches for channels that are over; timeouts here are seconds. */
  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * A process may often open only 1,024 files, and the program needs most of them. A library has
   * only a few queries in flight at a time.
   */
  private static final int MOST_CHANNELS = 256;

  /** Queries that wait until a channel is closed, for example in a burst of cluster names. */
  private static final int MOST_WAITING = 2_000;

  /** The selector counts a closed channel until the next select; so that comes soon. */
  private static final long ROOM_MILLIS = 1;

  /**
   * The loop ends after so many failed turns in a row, for example without memory. More turns do
   * not help, and a client learns more from a closed connection than from a silent one.
   */
  static final int MOST_FAILED_TURNS = 8;

  private static final int LONGEST_MESSAGE = 65_535; // RFC 1035 §4.2.2

  private final Selector selector;
  private final Timers timers;
  private final Log log;
  private final LineBudget lines;
  private final Runnable ended;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST_MESSAGE); // of the thread
  private final Deque<Runnable> waiting = new ArrayDeque<>(); // of the thread
  private volatile boolean closed;
  private volatile Thread thread; // null until the loop has begun
  private int failedTurns; // in a row
  private long sweptAt;

  /**
   * @param ended runs when the loop has ended, for any reason
   */
  ForwardLoop(Timers timers, Log log, Runnable ended) throws IOException {
    this(SelectorProvider.provider(), timers, log, ended);
  }

  /**
   * @param network makes the sockets; a test passes a network in memory
   */
  ForwardLoop(SelectorProvider network, Timers timers, Log log, Runnable ended) throws IOException {
    this.selector = network.openSelector();
    this.timers = timers;
    this.log = log;
    this.lines = new LineBudget(timers);
    this.ended = ended;
    this.sweptAt = timers.nanoTime();
  }

  /** Runs the task on the loop's thread, soon. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Whether the loop has too many channels for one more. On the loop's thread alone. */
  boolean isFull() {
    return selector.keys().size() >= MOST_CHANNELS;
  }

  /**
   * Runs the task when the loop has room for a channel; drops it if too many wait. On the loop's
   * thread alone.
   */
  void onceThereIsRoom(Runnable task) {
    if (waiting.size() < MOST_WAITING) {
      waiting.add(task);
    }
  }

  /** Whether a library waits for a response. On the loop's thread alone. */
  boolean owes() {
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && ((Ready) key.attachment()).owes()) {
        return true;
      }
    }
    return !waiting.isEmpty();
  }

  /** On the loop's thread alone. */
  SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
    return channel.register(selector, operations, ready);
  }

  /** Makes the channels that can be registered here. */
  SelectorProvider network() {
    return selector.provider();
  }

  /** An empty buffer for the loop's thread; its content is lost after the turn. */
  ByteBuffer buffer() {
    buffer.clear();
    return buffer;
  }

  long nanoTime() {
    return timers.nanoTime();
  }

  /** Ends the thread and closes every channel. */
  void close() {
    closed = true;
    selector.wakeup();
  }

  /** Whether the program has stopped the loop's thread (Thread.stop) before its last action. */
  boolean isLost() {
    Thread turns = thread;
    return turns != null && !turns.isAlive();
  }

  /** The last action of the loop, or of another thread if the loop is lost. May run twice. */
  void bury() {
    try {
      closeAll();
    } finally {
      ended.run();
    }
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!closed && failedTurns < MOST_FAILED_TURNS) {
        turnOrFail();
      }
    } catch (IOException | ClosedSelectorException broken) {
      failed(broken);
    } finally {
      bury();
    }
  }

  /** A failure in one turn, for example without memory, does not end the loop. */
  private void turnOrFail() throws IOException {
    try {
      turn();
      failedTurns = 0;
    } catch (ClosedSelectorException broken) {
      throw broken;
    } catch (RuntimeException | Error failure) {
      failedTurns++;
      failed(failure);
    }
  }

  /** Serves each channel that is ready, once. On the loop's thread alone. */
  void turn() throws IOException {
    selector.select(waiting.isEmpty() ? TimeUnit.NANOSECONDS.toMillis(SWEEP_NANOS) : ROOM_MILLIS);
    // Some programs interrupt every thread that they find; so does Thread.stop, up to Java 19. Then
    // each further select returns at once. Up to Java 10 the next read also closes its channel
    // (InterruptibleChannel), which may be the port of all libraries.
    Thread.interrupted();
    while (!waiting.isEmpty() && !isFull()) {
      run(waiting.poll());
    }
    // only the tasks that are here now: a task may add another, and the channels must not wait
    for (int left = tasks.size(); left > 0; left--) {
      run(tasks.poll());
    }
    for (SelectionKey key : selector.selectedKeys()) {
      serve(key);
    }
    selector.selectedKeys().clear();
    sweep(timers.nanoTime());
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      failed(failure);
    }
  }

  /** Logs that an action failed: a defect, no memory, or no more files. */
  void failed(Throwable failure) {
    try {
      String line = "a query of a library was not forwarded: " + failure;
      String said = lines.spendOn(line);
      log.write(said == null ? Level.DEBUG : Level.ERROR, said == null ? line : said);
    } catch (Error nothingToSayItWith) {
      // OutOfMemoryError, StackOverflowError: the next query may succeed
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isValid()) {
        ((Ready) key.attachment()).ready(key);
      }
    } catch (IOException | CancelledKeyException gone) {
      close(key);
    } catch (RuntimeException | Error failure) {
      failed(failure);
      close(key);
    }
  }

  private void sweep(long now) {
    if (now - sweptAt < SWEEP_NANOS) {
      return;
    }
    sweptAt = now;
    for (SelectionKey key : new ArrayList<>(selector.keys())) {
      if (((Ready) key.attachment()).isOver(now)) {
        close(key);
      }
    }
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException closedAllTheSame) {
      // nothing else can be done
    }
  }

  private void closeAll() {
    if (!selector.isOpen()) {
      return;
    }
    for (SelectionKey key : new ArrayList<>(selector.keys())) {
      close(key);
    }
    try {
      selector.close();
    } catch (IOException closedAllTheSame) {
      // nothing else can be done
    }
  }
}
