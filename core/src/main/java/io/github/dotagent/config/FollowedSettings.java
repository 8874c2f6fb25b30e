package io.github.dotagent.config;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the settings file and at the files that settings name. Valid settings take effect as a
 * whole. Invalid settings change nothing, and are reported once. A file counts if it did not change
 * between two looks, because a file that is still being written is half a file.
 *
 * <p>A pipe or a device is never read again: a pipe that was read is empty, and an empty file would
 * be the defaults. Settings from a pipe hold until the JVM ends; the files that they name are
 * followed. If such a file is a pipe itself, nothing is followed.
 *
 * <p>One thread at a time makes the looks, and asks the disk. {@link #status} is for any thread.
 */
public final class FollowedSettings {
  /** Takes settings over. */
  public interface Taker {
    /**
     * Reads the files that the settings name, and makes the objects that they need. Nothing takes
     * effect yet.
     *
     * @param filesMayDiffer whether the files that they name may have another content
     * @throws NotTakenException if they cannot take effect
     */
    Ready prepare(SettingsChange change, boolean filesMayDiffer) throws NotTakenException;
  }

  /** Settings that are ready to take effect. */
  public interface Ready {
    /** Changes besides the settings themselves: the content of files. Empty: none. */
    List<String> texts();

    /** They hold from now on. */
    void take();
  }

  /** Settings cannot take effect; the message says which, why, and what to do. */
  public static final class NotTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotTakenException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The result of a look. Immutable. */
  public static final class LookReport {
    private final boolean well;
    private final List<String> lines;

    private LookReport(boolean well, List<String> lines) {
      this.well = well;
      this.lines = Collections.unmodifiableList(lines);
    }

    /** Whether the settings in the files are in force. */
    public boolean isWell() {
      return well;
    }

    /** The changes, or the mistakes; at least one line. */
    public List<String> lines() {
      return lines;
    }
  }

  /** A problem may end although no file has another time, for example with other permissions. */
  static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * The clocks of file systems have steps of up to two seconds (FAT). So a file that was written
   * within this time before the start may have changed between the start and the first look, and
   * still have the same time.
   */
  static final long DOUBT_MILLIS = 2_000;

  private static final String KEPT = "; the previous settings stay in force";

  private final SettingSources sources;
  private final Path settingsFile; // null: none
  private final FileStamp.Reader stamps;
  private final Taker taker;
  private final Timers timers;
  private final Log log;
  private final long begunMillis;
  private DotConfig running; // used by the looking thread only, as all below
  private Map<Path, FileStamp> taken; // null: before the first look
  private Map<Path, FileStamp> seen = Collections.emptyMap(); // by the last look
  private String toldProblem; // null: none
  private String toldWaiting = "";
  private long triedAt; // valid while there is a problem
  private volatile SettingsStatus status;

  /**
   * @param running the settings that hold, which were read from these sources
   * @param begunMillis a moment before they were read, milliseconds since 1970
   */
  public FollowedSettings(
      SettingSources sources,
      DotConfig running,
      long begunMillis,
      Taker taker,
      Timers timers,
      Log log) {
    this(
        sources,
        running,
        begunMillis,
        taker,
        timers,
        log,
        new FileStamp.Reader() {
          @Override
          public FileStamp of(Path file) {
            return FileStamp.of(file);
          }
        });
  }

  FollowedSettings(
      SettingSources sources,
      DotConfig running,
      long begunMillis,
      Taker taker,
      Timers timers,
      Log log,
      FileStamp.Reader stamps) {
    this.sources = sources;
    this.settingsFile = pathOf(sources.file());
    this.running = running;
    this.begunMillis = begunMillis;
    this.taker = taker;
    this.timers = timers;
    this.log = log;
    this.stamps = stamps;
    this.status = SettingsStatus.atStart(begunMillis).of(filesOf(running));
  }

  private static Path pathOf(String file) {
    try {
      return file.isEmpty() ? null : Paths.get(file);
    } catch (InvalidPathException neverReadEither) {
      return null;
    }
  }

  /** Whether there is any file to look at. */
  public boolean hasFiles() {
    return settingsFile != null || !running.files().isEmpty();
  }

  /**
   * The time at which the settings were read, and the mistakes in settings that are not in force.
   */
  public SettingsStatus status() {
    return status;
  }

  /** To be called once a second. */
  public void look() {
    Map<Path, FileStamp> now = stampsOf(running);
    if (taken == null) {
      taken = takenAtStart(now);
    }
    Map<Path, FileStamp> before = seen;
    seen = now;
    if (!now.equals(before)) {
      return; // a file is being written, or was written just now
    }
    if (isGone(now)) {
      return;
    }
    Path stream = streamAmong(now);
    if (stream != null) {
      if (!now.equals(taken)) {
        taken = now;
        tell(readOnce(stream));
      }
      return;
    }
    boolean again = toldProblem != null && timers.nanoTime() - triedAt >= AGAIN_NANOS;
    if (again || !now.equals(taken)) {
      take(now);
    }
  }

  /** The same at once, for a command: the files count as they are now. */
  public LookReport lookNow() {
    if (!hasFiles()) {
      return new LookReport(
          true,
          Collections.singletonList(
              "there is no file to look at: no settings file, trust store, client certificate or"
                  + " trust anchor is among the settings"));
    }
    Map<Path, FileStamp> now = stampsOf(running);
    if (taken == null) {
      taken = takenAtStart(now);
    }
    if (isGone(now)) {
      return new LookReport(false, Collections.singletonList(toldProblem));
    }
    Path stream = running.files().isEmpty() ? settingsFile : null; // nothing else to look at
    if (stream == null || !now.get(stream).isStream()) {
      stream = streamAmong(now);
    }
    if (stream != null) {
      return new LookReport(false, Collections.singletonList(readOnce(stream)));
    }
    LookReport outcome = take(now);
    // a file may be written once more within the tick of its clock: the next looks read it again
    taken = new HashMap<>();
    return outcome;
  }

  private Set<Path> filesOf(DotConfig config) {
    Set<Path> files = new LinkedHashSet<>();
    if (settingsFile != null) {
      files.add(settingsFile);
    }
    files.addAll(config.files());
    return files;
  }

  private Map<Path, FileStamp> stampsOf(DotConfig config) {
    Map<Path, FileStamp> all = new HashMap<>();
    for (Path file : filesOf(config)) {
      all.put(file, stamps.of(file));
    }
    return all;
  }

  /** A pipe or a device that the settings name; null: none. */
  private Path streamAmong(Map<Path, FileStamp> now) {
    for (Map.Entry<Path, FileStamp> file : now.entrySet()) {
      if (file.getValue().isStream() && !file.getKey().equals(settingsFile)) {
        return file.getKey();
      }
    }
    return null;
  }

  private static String readOnce(Path stream) {
    return stream.toAbsolutePath()
        + " is not a regular file, and cannot be read a second time"
        + KEPT;
  }

  /**
   * The stamps of the files as read at the start. If a pipe or a device is among them, nothing can
   * be read again, so nothing is doubted.
   */
  private Map<Path, FileStamp> takenAtStart(Map<Path, FileStamp> now) {
    return streamAmong(now) == null ? withoutDoubtful(now) : now;
  }

  private boolean isSettingsStream(Map<Path, FileStamp> now) {
    return settingsFile != null && now.get(settingsFile).isStream();
  }

  /** The settings file is read again in any case: that costs little. A pipe cannot be. */
  private Map<Path, FileStamp> withoutDoubtful(Map<Path, FileStamp> now) {
    Map<Path, FileStamp> sure = new HashMap<>();
    for (Map.Entry<Path, FileStamp> file : now.entrySet()) {
      boolean isSure =
          !file.getKey().equals(settingsFile)
              && !file.getValue().isSince(begunMillis - DOUBT_MILLIS);
      if (isSure || file.getValue().isStream()) {
        sure.put(file.getKey(), file.getValue());
      }
    }
    return sure;
  }

  /**
   * Whether a file is missing that the agent needs: the settings file, or another one that the
   * unchanged settings still name.
   */
  private boolean isGone(Map<Path, FileStamp> now) {
    boolean sameSettings =
        settingsFile == null || now.get(settingsFile).equals(taken.get(settingsFile));
    for (Map.Entry<Path, FileStamp> file : now.entrySet()) {
      if (file.getValue().isAbsent() && (sameSettings || file.getKey().equals(settingsFile))) {
        tell("there is no file " + file.getKey().toAbsolutePath() + " any more" + KEPT);
        return true;
      }
    }
    return false;
  }

  private LookReport take(Map<Path, FileStamp> now) {
    triedAt = timers.nanoTime();
    Map<Path, FileStamp> named = now;
    try {
      SettingsChange change =
          isSettingsStream(now)
              ? SettingsChange.none(running)
              : SettingsChange.read(sources, running);
      named = stampsOf(change.config());
      Ready ready = prepared(change, named);
      if (!isSettled(now) || !isSettled(named)) {
        return unsettled();
      }
      return taken(change, ready, named);
    } catch (ConfigException | NotTakenException wrong) {
      if (!isSettled(now) || !isSettled(named)) {
        return unsettled();
      }
      taken = named; // read again when one of the files has changed
      return tell(wrong.getMessage() + KEPT);
    }
  }

  /** Every failure gives a reason for the log, the status and reload(). */
  private Ready prepared(SettingsChange change, Map<Path, FileStamp> named)
      throws NotTakenException {
    try {
      return taker.prepare(change, filesMayDiffer(named));
    } catch (RuntimeException | LinkageError | StackOverflowError unforeseen) {
      // e.g. from a security provider
      throw new NotTakenException(
          "the files of the settings could not be checked: " + unforeseen, unforeseen);
    }
  }

  private LookReport unsettled() {
    seen = Collections.emptyMap(); // the files must be unchanged for two looks again
    return new LookReport(
        false, Collections.singletonList("a file was written while it was read; try again" + KEPT));
  }

  private boolean isSettled(Map<Path, FileStamp> before) {
    for (Map.Entry<Path, FileStamp> file : before.entrySet()) {
      if (!stamps.of(file.getKey()).equals(file.getValue())) {
        return false;
      }
    }
    return true;
  }

  private boolean filesMayDiffer(Map<Path, FileStamp> now) {
    for (Map.Entry<Path, FileStamp> file : now.entrySet()) {
      if (!file.getKey().equals(settingsFile)
          && (toldProblem != null || !file.getValue().equals(taken.get(file.getKey())))) {
        return true;
      }
    }
    return false;
  }

  private LookReport taken(SettingsChange change, Ready ready, Map<Path, FileStamp> named) {
    List<String> texts = new ArrayList<>(change.texts());
    texts.addAll(ready.texts());
    if (!texts.isEmpty()) {
      ready.take();
      running = change.config();
    }
    taken = named;
    seen = named;
    long now = timers.epochMillis();
    SettingsStatus known = status.of(filesOf(running));
    status = texts.isEmpty() ? known.readAt(now) : known.changedAt(now);
    boolean wasWrong = toldProblem != null;
    toldProblem = null;
    List<String> lines = new ArrayList<>(texts);
    if (texts.isEmpty()) {
      lines.add("no setting has changed");
      if (wasWrong) {
        log.write(Level.WARN, "the settings can be read again, and are unchanged");
      }
    } else {
      List<String> looser = change.looser();
      // the end of a problem is logged at the level of its beginning, as for servers
      log.write(
          looser.isEmpty() && !wasWrong ? Level.INFO : Level.WARN,
          "settings changed"
              + (looser.isEmpty() ? "" : ", with less protection (" + join(looser, ", ") + ")")
              + ": "
              + join(texts, "; "));
    }
    String waiting = waiting(change);
    if (!waiting.isEmpty()) {
      lines.add(waiting);
      if (!waiting.equals(toldWaiting)) {
        log.write(Level.WARN, waiting);
      }
    }
    toldWaiting = waiting;
    return new LookReport(true, lines);
  }

  private static String waiting(SettingsChange change) {
    List<String> waiting = change.waiting();
    return waiting.isEmpty()
        ? ""
        : join(waiting, ", ")
            + (waiting.size() == 1 ? " takes" : " take")
            + " effect at the next start of the JVM";
  }

  /** Logs the same problem once, until another problem or a success comes in between. */
  private LookReport tell(String problem) {
    if (!problem.equals(toldProblem)) {
      toldProblem = problem;
      log.write(Level.ERROR, problem);
    }
    status = status.with(problem);
    return new LookReport(false, Collections.singletonList(problem));
  }

  private static String join(List<String> texts, String separator) {
    return String.join(separator, texts);
  }
}
