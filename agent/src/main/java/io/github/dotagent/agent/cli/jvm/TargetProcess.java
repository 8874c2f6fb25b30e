package io.github.dotagent.agent.cli.jvm;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the operating system about a process, before and after the Attach API. That API says little
 * when it fails, and its signal ends a process that is not a JVM. Only Linux has the data. On other
 * systems nothing is known, and attaching is tried.
 */
public final class TargetProcess {
  /** Follows the number of a JVM that allows no attaching. */
  static final String SWITCHED_OFF =
      " was started with -XX:+DisableAttachMechanism: the agent can be added only at its start,"
          + " with -javaagent:dot-agent.jar";

  /** Follows the number of another process. */
  static final String NO_JVM = " is not a JVM; jps lists this user's JVMs";

  private static final String ROOT = "0"; // the number of the user

  private final Path proc;
  private final long pid;

  TargetProcess(Path proc, long pid) {
    this.proc = proc;
    this.pid = pid;
  }

  /** The process need not exist. */
  public static TargetProcess of(long pid) {
    return new TargetProcess(Paths.get("/proc"), pid);
  }

  /** Its number. */
  public long pid() {
    return pid;
  }

  /** The environment that it was started with; empty if that is unknown. */
  public Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    try {
      byte[] octets = Files.readAllBytes(folder().resolve("environ"));
      for (String variable : new String(octets, Charset.defaultCharset()).split("\0")) {
        int equals = variable.indexOf('=');
        if (equals > 0) {
          variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
      }
    } catch (IOException notTold) {
      return Collections.emptyMap();
    }
    return Collections.unmodifiableMap(variables);
  }

  /** Whether it is known to have ended. */
  public boolean isGone() {
    try {
      return isLinux() && status().hasEnded();
    } catch (IOException noSuchProcess) {
      return true;
    }
  }

  /** The reason why attaching is impossible, and what to do; empty if there is none. */
  Optional<String> objection() {
    if (!isLinux()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(objection(status(), own()));
    } catch (IOException noSuchProcess) {
      return Optional.of("there is no process " + pid + "; jps lists this user's JVMs");
    }
  }

  private String objection(ProcessStatus status, ProcessStatus own) throws IOException {
    if (status.process().equals(own.process())) {
      return pid + " is this command itself; name another JVM";
    }
    if (!status.process().equals(Long.toString(pid))) {
      return pid + " is a thread of the process " + status.process() + "; use that number";
    }
    if (status.hasEnded()) {
      return pid + " has ended, and waits for its parent to collect it (a zombie)";
    }
    if (!own.user().equals(ROOT) && !own.user().equals(status.user())) {
      return pid
          + " runs as "
          + userName()
          + ", and only that user may attach to its JVM: "
          + asUser();
    }
    if (status.isStopped()) {
      return pid + " is stopped and cannot answer; kill -CONT " + pid + " lets it run";
    }
    if (!listens()) {
      if (!status.catchesQuit() || MappedFiles.lackJvm(folder())) {
        return pid + NO_JVM;
      }
      if (LauncherOptions.switchAttachingOff(folder())) {
        return pid + SWITCHED_OFF;
      }
    }
    return null;
  }

  /** The probable cause of a failed attempt; begins with a blank, or is empty. */
  String suspicion() {
    try {
      if (!isLinux()) {
        return "";
      }
      ProcessStatus status = status();
      if (status.isStopped()) {
        return "; it is stopped: kill -CONT " + pid + " lets it run";
      }
      if (!status.user().equals(own().user())) {
        return "; it runs as " + userName() + ", and only that user may attach to it: " + asUser();
      }
      return "";
    } catch (IOException noSuchProcess) {
      return "; it has ended";
    }
  }

  /**
   * Whether the process has another loopback network than this process; false if that is unknown.
   */
  boolean hasItsOwnNetwork() {
    return !sameNamespace("net");
  }

  /** Whether the process is known not to see a file of this process. */
  public boolean lacks(Path file) {
    Path root = proc.resolve(Long.toString(pid)).resolve("root");
    return !sameNamespace("mnt")
        && Files.isDirectory(root)
        && !Files.exists(root.resolve(file.toAbsolutePath().toString().substring(1)));
  }

  /**
   * The path of a file of that process, as seen from here. A relative path starts at the working
   * directory of the process. If it has a file system of its own, the path leads through {@code
   * /proc/PID/root}.
   *
   * @param folder its working directory
   */
  public Path seenFromHere(String folder, String path) {
    // the folder's text need not be a valid path
    Path there = Paths.get("/").resolve(folder).resolve(path).normalize();
    Path root = proc.resolve(Long.toString(pid)).resolve("root");
    return sameNamespace("mnt") || !Files.isDirectory(root)
        ? there
        : root.resolve(there.toString().substring(1));
  }

  private boolean sameNamespace(String kind) {
    try {
      Path theirs = folder().resolve("ns").resolve(kind);
      Path ours = proc.resolve("self").resolve("ns").resolve(kind);
      return Files.readSymbolicLink(theirs).equals(Files.readSymbolicLink(ours));
    } catch (IOException notTold) {
      return true;
    }
  }

  /**
   * A file in its temporary folder, where JVMs look for such files. Its name ends in the number
   * that the process has in its own namespace.
   */
  Path temporary(String prefix) throws IOException {
    return folder().resolve("root/tmp").resolve(prefix + status().innermostNumber());
  }

  /** A JVM that was attached to before still listens, however it handles signals. */
  private boolean listens() throws IOException {
    return Files.exists(temporary(".java_pid"));
  }

  private String userName() {
    try {
      return Files.getOwner(folder()).getName();
    } catch (IOException notTold) {
      return "another user";
    }
  }

  private String asUser() {
    return "sudo -u " + userName() + " java -jar dot-agent.jar ...";
  }

  private boolean isLinux() {
    return Files.exists(proc.resolve("self").resolve("status"));
  }

  private ProcessStatus status() throws IOException {
    return ProcessStatus.read(folder());
  }

  private ProcessStatus own() throws IOException {
    return ProcessStatus.read(proc.resolve("self"));
  }

  private Path folder() {
    return proc.resolve(Long.toString(pid));
  }
}
