package io.github.dotagent.agent.command.doctor;

import io.github.dotagent.config.SettingSources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Whether the hook can be put in place and proved: tried in a JVM of its own, with the agent, these
 * settings and the class path that was given.
 */
final class HookCheck {
  /** A JVM that says its version takes less than a second on any machine that is well. */
  private static final long WITHIN_SECONDS = 60;

  private final Path jar;
  private final SettingSources settings;
  private final String settingsFile; // null for none
  private final String classPath; // null for none

  HookCheck(Path jar, SettingSources settings, String settingsFile, String classPath) {
    this.jar = jar;
    this.settings = settings;
    this.settingsFile = settingsFile;
    this.classPath = classPath;
  }

  Finding find() {
    List<String> said = new ArrayList<>();
    try {
      Process child = new ProcessBuilder(command()).redirectErrorStream(true).start();
      try {
        child.getOutputStream().close();
        read(child, said);
        if (!child.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
          return Finding.fail("a JVM with the agent does not end", "try it by hand: " + shown());
        }
      } finally {
        child.destroyForcibly();
      }
      return child.exitValue() == 0 ? proved(said) : refused(said);
    } catch (IOException cannotStart) {
      return Finding.note(
          "no JVM can be started to try it: " + cannotStart.getMessage(),
          "try it by hand: " + shown());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return Finding.note("interrupted");
    }
  }

  private static void read(Process child, List<String> lines) throws IOException {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    }
  }

  private static Finding proved(List<String> said) {
    for (String line : said) {
      if (line.contains("not in place") || line.contains("does nothing")) {
        return Finding.fail(line, "without it names leave in the clear");
      }
    }
    return Finding.ok("in place and proved, in a JVM of its own");
  }

  private Finding refused(List<String> said) {
    for (String line : said) {
      if (line.contains("dot-agent")) {
        return Finding.fail(line, "seen with: " + shown());
      }
    }
    return Finding.fail("a JVM with the agent does not start", "try it by hand: " + shown());
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + jar + (settingsFile == null ? "" : "=" + settingsFile));
    Map<String, String> properties = new TreeMap<>(settings.ownProperties());
    // the log is read here, whatever the user has it written to
    properties.put("dotagent.log.level", "info");
    properties.remove("dotagent.log.file");
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    if (classPath != null) {
      command.add("-cp");
      command.add(classPath);
    }
    command.add("-version");
    return command;
  }

  private String shown() {
    String settingsOf = settingsFile == null ? "" : "=" + settingsFile;
    String with = classPath == null ? "" : " -cp " + classPath;
    return "java -javaagent:" + jar + settingsOf + with + " -version";
  }
}
