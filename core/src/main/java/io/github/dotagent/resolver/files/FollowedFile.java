package io.github.dotagent.resolver.files;

import io.github.dotagent.concurrent.BoundedFileAccess;
import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A system file. It is read again when its time or size has changed.
 *
 * <p>One thread of the agent checks the file once a second while there are lookups. A caller's
 * thread never does, because a file may be huge, slow, or not a regular file. Until the file is
 * read again the previous content holds. Lookups wait for the first reading, within their own time,
 * and for a moment if the last check was long ago. Safe for use by any number of threads.
 *
 * @param <T> the parsed content; immutable
 */
final class FollowedFile<T> {
  /** Parses the file's octets. */
  interface Reading<T> {
    /** The value while there has never been such a file. */
    T absent();

    T read(InputStream octets) throws IOException;
  }

  /** The texts of the log line for a file that cannot be read. Immutable. */
  static final class Outlook {
    private final String role;
    private final String withoutIt;
    private final String withThePrevious;

    /**
     * @param role of the thread that reads it
     * @param withoutIt the consequence if the file has never been read
     * @param withThePrevious the consequence if it has been read before
     */
    Outlook(String role, String withoutIt, String withThePrevious) {
      this.role = role;
      this.withoutIt = withoutIt;
      this.withThePrevious = withThePrevious;
    }
  }

  /** The JVM's own cache hides a change for the same time. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** While there are lookups, the file is looked at once a second, and no lookup waits for that. */
  private static final long UNSEEN_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A look takes less than a millisecond; lookups do not wait longer than this. */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A disk or a network that has returned no data for this time may never do so. */
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** The time that a start may take on a small machine, which needs a second for each MB. */
  private static final long WHOLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** For a command, which cannot continue without the file. */
  private static final int NOW_SECONDS = 30;

  /** A file that changes during this many readings is always being written. */
  private static final int MOST_UNSETTLED = 5;

  /** After this many interrupts in a row, they are intended. */
  private static final int MOST_INTERRUPTS = 10;

  private final Path file;
  private final Outlook outlook;
  private final long mostOctets;
  private final Reading<T> reading;
  private final ThreadStarter threads;
  private final Timers timers;
  private final Log log;
  private final AtomicReference<Look> looking = new AtomicReference<>(); // null: no thread looks
  private volatile Content<T> content; // null: nothing is known yet
  private volatile long seenNanos; // when it was last looked at
  private volatile String problem; // the last one logged; null: none

  private BasicFileAttributes failed; // used by the reading thread alone, as the next two
  private long failedNanos;
  private int unsettled; // readings in a row during which it changed

  /**
   * @param mostOctets a larger file is not read
   */
  FollowedFile(
      Path file,
      Outlook outlook,
      long mostOctets,
      Reading<T> reading,
      ThreadStarter threads,
      Timers timers,
      Log log) {
    this.file = file;
    this.outlook = outlook;
    this.mostOctets = mostOctets;
    this.reading = reading;
    this.threads = threads;
    this.timers = timers;
    this.log = log;
  }

  /**
   * Reads the file within {@link #NOW_SECONDS}. If there is no file, returns the value for a
   * missing file.
   *
   * @throws IOException if it cannot be read in this time; the message says why
   */
  static <T> T readNow(Path file, long mostOctets, Reading<T> reading) throws IOException {
    return readWithin(NOW_SECONDS, file, mostOctets, reading);
  }

  static <T> T readWithin(
      int seconds, final Path file, final long mostOctets, final Reading<T> reading)
      throws IOException {
    return BoundedFileAccess.within(
        seconds,
        "file-reader",
        new Callable<T>() {
          @Override
          public T call() throws IOException {
            return readHere(file, mostOctets, reading);
          }
        });
  }

  private static <T> T readHere(Path file, long mostOctets, Reading<T> reading) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      FileKind.check(file, attributes, mostOctets);
      try (InputStream octets = new BoundedStream(Files.newInputStream(file), mostOctets)) {
        return reading.read(octets);
      }
    } catch (NoSuchFileException away) {
      return reading.absent();
    }
  }

  /** Starts a look at the file, if it is due. Does not wait. */
  void readAhead() {
    if (!isSeenWithin(LOOK_NANOS)) {
      look();
    }
  }

  /**
   * The content of the file.
   *
   * @param time the budget for waiting; this call takes its time from it
   * @throws FileNotReadException if the budget is spent and the content is not known yet
   */
  T current(WaitBudget time) throws FileNotReadException {
    if (isSeenWithin(LOOK_NANOS)) {
      return content.value;
    }
    boolean recent = isSeenWithin(UNSEEN_NANOS);
    Look look = look();
    Content<T> known = content;
    if (known == null) {
      time.await(look.done);
    } else if (!recent) {
      long left = look.begunNanos + MOMENT_NANOS - timers.nanoTime();
      time.await(look.done, left);
    }
    known = content;
    if (known == null) {
      throw new FileNotReadException(file);
    }
    return known.value;
  }

  private boolean isSeenWithin(long nanos) {
    return content != null && timers.nanoTime() - seenNanos < nanos;
  }

  /** The look under way, or a new one. */
  private Look look() {
    Look look = new Look();
    while (!looking.compareAndSet(null, look)) {
      Look underWay = looking.get();
      if (underWay != null && !underWay.isLost()) {
        return underWay;
      }
      looking.compareAndSet(underWay, null);
    }
    boolean started = false;
    try {
      look.watch();
      threads.start(outlook.role, look);
      started = true;
    } finally {
      if (!started) { // out of stack or memory: the next lookup tries again
        look.end();
      }
    }
    return look;
  }

  private void take(T value, BasicFileAttributes attributes) {
    content = new Content<>(value, attributes);
    if (problem != null) {
      problem = null;
      log.write(Level.INFO, file + " has been read");
    }
  }

  private void tell(String what) {
    Content<T> known = content;
    boolean nothing = known == null || known.isAbsent;
    if (known == null) {
      content = Content.absent(reading.absent());
    }
    if (!what.equals(problem)) {
      problem = what;
      String follows = nothing ? outlook.withoutIt : outlook.withThePrevious;
      log.write(Level.ERROR, file + " " + what + ": " + follows);
    }
  }

  /** One look at the file, and the reading of it when it has changed. */
  private final class Look implements Runnable, BoundedStream.ReadProgress {
    final CountDownLatch done = new CountDownLatch(1);
    final long begunNanos = timers.nanoTime();
    private volatile Thread thread; // null until it has begun
    private volatile boolean givenUp;
    private volatile long movedNanos = begunNanos;
    private volatile Timers.Timer watch;

    /** Releases the lookups that wait, if the file returns no data or has no end. */
    void watch() {
      watch =
          timers.after(
              SILENT_NANOS,
              new Runnable() {
                @Override
                public void run() {
                  overdue();
                }
              });
    }

    /**
     * Whether its thread never started, because the caller had no stack or memory left, or was
     * stopped ({@link Thread#stop()}) before it came to its end. The next caller begins another
     * look.
     */
    boolean isLost() {
      Thread looks = thread;
      return looks == null ? timers.nanoTime() - begunNanos > SILENT_NANOS : !looks.isAlive();
    }

    private void overdue() {
      if (done.getCount() == 0) {
        return;
      }
      long now = timers.nanoTime();
      boolean silent = now - movedNanos >= SILENT_NANOS;
      if (!silent && now - begunNanos < WHOLE_NANOS) {
        watch();
        return;
      }
      givenUp = true;
      long seconds = TimeUnit.NANOSECONDS.toSeconds(silent ? SILENT_NANOS : WHOLE_NANOS);
      tell(
          silent
              ? "has returned no data for " + seconds + " s"
              : "has not been read within " + seconds + " s");
      seenNanos = now;
      done.countDown();
      if (thread == null) { // there is no thread for it
        looking.compareAndSet(this, null);
      }
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      boolean stopped = true; // until the look has ended normally
      try {
        lookAtFile();
        stopped = false;
      } catch (NoSuchFileException away) {
        stopped = false;
        // perhaps an editor is replacing it: the previous content still holds
        Content<T> known = content;
        content = known == null ? Content.absent(reading.absent()) : known.away();
      } catch (IOException unreadable) {
        stopped = false;
        tellUnlessGivenUp("cannot be read (" + reasonOf(unreadable) + ")");
      } catch (OutOfMemoryError noRoom) {
        stopped = false;
        tellUnlessGivenUp("is larger than the memory that is left");
      } catch (RuntimeException | LinkageError | StackOverflowError unforeseen) {
        // any failure: lookups must not wait forever for a file that cannot be read
        stopped = false;
        tellUnlessGivenUp("cannot be read (" + unforeseen + ")");
      } finally {
        if (stopped) {
          failed = null; // not the file's fault: the next look reads it again
        }
        end();
      }
    }

    void end() {
      seenNanos = timers.nanoTime();
      Timers.Timer set = watch;
      if (set != null) {
        set.cancel();
      }
      done.countDown();
      looking.compareAndSet(this, null);
    }

    private void tellUnlessGivenUp(String what) {
      if (!givenUp) {
        tell(what);
      }
    }

    private void lookAtFile() throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      moved();
      Content<T> known = content;
      if (known != null && isSame(known.attributes, now)) {
        problem = null;
        return;
      }
      if (isNotToBeTried(now)) {
        return;
      }
      failed = now; // reset below if the reading succeeds, or may succeed later
      failedNanos = timers.nanoTime();
      FileKind.check(file, now, mostOctets);
      T value;
      try {
        value = readWhateverInterrupts();
      } catch (FileKind.WrongKindException lasting) {
        throw lasting;
      } catch (IOException passing) { // permissions and disks change, and the file does not
        failed = givenUp ? now : null;
        throw passing;
      }
      failed = null;
      takeUnlessWrittenTo(value, now);
    }

    /**
     * A program may interrupt every thread that it finds, and up to Java 10 that closes the file
     * under its reader.
     */
    private T readWhateverInterrupts() throws IOException {
      for (int again = 0; ; again++) {
        try (InputStream octets = new BoundedStream(Files.newInputStream(file), mostOctets, this)) {
          return reading.read(octets);
        } catch (ClosedByInterruptException interrupted) {
          if (!Thread.interrupted() || again == MOST_INTERRUPTS) {
            throw interrupted;
          }
        }
      }
    }

    /** A reading that ran out of time is not repeated with every check. */
    private boolean isNotToBeTried(BasicFileAttributes now) {
      return isSame(failed, now) && timers.nanoTime() - failedNanos < WHOLE_NANOS;
    }

    /** A file that is being written may lack names. */
    private void takeUnlessWrittenTo(T value, BasicFileAttributes before) throws IOException {
      boolean settled = isSame(before, Files.readAttributes(file, BasicFileAttributes.class));
      unsettled = settled ? 0 : unsettled + 1;
      Content<T> known = content;
      if (settled || known == null || known.isAbsent || unsettled > MOST_UNSETTLED) {
        take(value, before);
      }
    }

    @Override
    public void moved() throws IOException {
      movedNanos = timers.nanoTime();
      if (givenUp) {
        throw new IOException("given up");
      }
    }
  }

  private static String reasonOf(IOException unreadable) {
    if (unreadable instanceof AccessDeniedException) {
      return "this user may not read it";
    }
    String reason =
        unreadable instanceof FileSystemException
            ? ((FileSystemException) unreadable).getReason()
            : unreadable.getMessage();
    return reason == null ? unreadable.toString() : reason;
  }

  private static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
    return one != null
        && one.lastModifiedTime().equals(other.lastModifiedTime())
        && one.size() == other.size()
        && (one.fileKey() == null || one.fileKey().equals(other.fileKey()));
  }

  /** The content of the file at one moment. */
  private static final class Content<T> {
    final T value;
    final BasicFileAttributes attributes; // null: the file is missing
    final boolean isAbsent; // it has never been read

    private Content(T value, BasicFileAttributes attributes, boolean isAbsent) {
      this.value = value;
      this.attributes = attributes;
      this.isAbsent = isAbsent;
    }

    Content(T value, BasicFileAttributes attributes) {
      this(value, attributes, false);
    }

    static <T> Content<T> absent(T value) {
      return new Content<>(value, null, true);
    }

    Content<T> away() {
      return new Content<>(value, null, isAbsent);
    }
  }
}
