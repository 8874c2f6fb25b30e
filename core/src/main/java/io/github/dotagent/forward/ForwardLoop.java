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

/** The one thread on which every channel of this package is read, written and closed. */
final class ForwardLoop implements Runnable, Executor {
  /** The action of a ready channel. On the loop's thread. */
  interface Ready {
    /**
     * If it throws, the channel is closed: a channel that is shared must not throw.
     *
     * @throws IOException when the channel is of no more use
     */
    void ready(SelectionKey key) throws IOException;

    /** Whether no client waits for it any more. */
    boolean isOver(long nowNanos);

    /** Whether a library waits for a response on it. */
    boolean owes();
  }

  /** The interval between two searches for finished work: clients have timeouts of seconds. */
  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * The limit of a process is often 1,024 open files, and the program needs them. A library has
   * only some queries in flight at a time.
   */
  private static final int MOST_CHANNELS = 256;

  /** Queries that wait for a channel to be closed, as in a burst of names of a cluster. */
  private static final int MOST_WAITING = 2_000;

  /** A channel that was closed counts until the selector is asked again. */
  private static final long ROOM_MILLIS = 1;

  /**
   * Turns that may fail in a row, for example without memory: spinning does not help, and a closed
   * connection tells the client more than a silent one.
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
  private volatile Thread thread; // null until it has begun
  private int failedTurns; // in a row
  private long sweptAt;

  /**
   * @param ended is run when the loop has ended, for any reason
   */
  ForwardLoop(Timers timers, Log log, Runnable ended) throws IOException {
    this(SelectorProvider.provider(), timers, log, ended);
  }

  /**
   * @param network where it gets its sockets: a test has a network in memory
   */
  ForwardLoop(SelectorProvider network, Timers timers, Log log, Runnable ended) throws IOException {
    this.selector = network.openSelector();
    this.timers = timers;
    this.log = log;
    this.lines = new LineBudget(timers);
    this.ended = ended;
    this.sweptAt = timers.nanoTime();
  }

  /** Runs it on the loop's thread, soon. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Whether there are so many that the next one must be refused. On the loop's thread alone. */
  boolean isFull() {
    return selector.keys().size() >= MOST_CHANNELS;
  }

  /** Runs it when the loop has room; drops it if too many wait. On the loop's thread alone. */
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

  /** Where to open a channel that is to be registered. */
  SelectorProvider network() {
    return selector.provider();
  }

  /** Empty, for use on the loop's thread; its content is lost after the turn. */
  ByteBuffer buffer() {
    buffer.clear();
    return buffer;
  }

  long nanoTime() {
    return timers.nanoTime();
  }

  /** Ends the thread and every channel. */
  void close() {
    closed = true;
    selector.wakeup();
  }

  /** Whether its thread was stopped (Thread.stop) before it came to its end. */
  boolean isLost() {
    Thread turns = thread;
    return turns != null && !turns.isAlive();
  }

  /**
   * Does what the thread of a lost loop would have done at its end; may be called more than once.
   */
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

  /** A failure in one turn, such as a lack of memory, does not end the loop. */
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
    // Some programs interrupt every thread they find, and Thread.stop does so too (up to Java 19).
    // select would return at once from now on, and up to Java 10 the next channel that is read
    // would be closed: perhaps the port for all libraries (InterruptibleChannel).
    Thread.interrupted();
    while (!waiting.isEmpty() && !isFull()) {
      run(waiting.poll());
    }
    // those that are here now: one that goes on with a flood must not keep the channels waiting
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

  /** Logs that an action failed, by a defect or by lack of memory or files. */
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
