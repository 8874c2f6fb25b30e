package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.config.SettingKey;
import io.github.dotagent.config.SettingSources;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Checks whether the hook can be put in place and proved. Tries it in a separate JVM, with the
 * agent, these settings and the given class path.
 */
final class HookCheck {
  /** A JVM that prints its version takes less than a second on a healthy machine. */
  private static final long WITHIN_SECONDS = 60;

  /** Of {@code jdk.net.hosts.file}, on Java 9 and newer. */
  static final String FILE_ALONE =
      "the JDK answers lookups from that file alone, and none reaches the agent";

  static final String WITHOUT_FILE =
      "DNS queries that libraries send themselves still go over TLS; remove the option, and lookups"
          + " do so too";

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
    Path output = null;
    try {
      // a file, not a pipe: reading a pipe of a hung JVM would never end
      output = Files.createTempFile("dot-agent-doctor", ".txt");
      Process child = jvm(output).start();
      try {
        child.getOutputStream().close();
        if (!child.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
          return Finding.fail("a JVM with the agent does not end", "try it by hand: " + shown());
        }
      } finally {
        child.destroyForcibly();
      }
      List<String> said = linesOf(output);
      return child.exitValue() == 0 ? proved(said) : refused(said);
    } catch (IOException cannotStart) {
      return Finding.note(
          "no JVM can be started to try it: " + cannotStart.getMessage(),
          "try it by hand: " + shown());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return Finding.note("interrupted");
    } finally {
      delete(output);
    }
  }

  /** In any encoding that the JVM uses. */
  private static List<String> linesOf(Path output) throws IOException {
    String text = new String(Files.readAllBytes(output), Charset.defaultCharset());
    return Arrays.asList(text.split("\\R", -1));
  }

  private static void delete(Path output) {
    try {
      if (output != null) {
        Files.deleteIfExists(output);
      }
    } catch (IOException leftBehind) {
      // the system clears its temporary files
    }
  }

  private static Finding proved(List<String> said) {
    for (String line : said) {
      if (line.contains("jdk.net.hosts.file is set")) {
        return Finding.note("none, with jdk.net.hosts.file: " + FILE_ALONE, WITHOUT_FILE);
      }
      if (line.contains("not in place") || line.contains("does nothing")) {
        return Finding.fail(line, "without it names leave in the clear");
      }
    }
    return Finding.ok("in place and proved, in a separate JVM");
  }

  private Finding refused(List<String> said) {
    for (String line : said) {
      if (line.contains("dot-agent")
          && !line.startsWith("Picked up ")) { // an environment's options
        return Finding.fail(line, "seen with: " + shown());
      }
    }
    return Finding.fail("a JVM with the agent does not start", "try it by hand: " + shown());
  }

  private ProcessBuilder jvm(Path output) {
    Map<String, String> properties = new TreeMap<>(settings.ownProperties());
    // the log goes to the file that is read here, whatever log.file says
    properties.put(SettingKey.LOG_LEVEL.propertyName(), "info");
    properties.put(SettingKey.LOG_FILE.propertyName(), output.toString());
    Map<String, String> secrets = new TreeMap<>();
    for (SettingKey key : SettingKey.values()) {
      String secret = key.isSecret() ? properties.remove(key.propertyName()) : null;
      if (secret != null) {
        secrets.put(key.environmentName(), secret);
      }
    }
    ProcessBuilder jvm =
        new ProcessBuilder(command(properties))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())); // beside the log
    jvm.environment().putAll(secrets); // any user of this machine may read a command line
    return jvm;
  }

  private List<String> command(Map<String, String> properties) {
    List<String> command = new ArrayList<>();
    command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + jar + (settingsFile == null ? "" : "=" + settingsFile));
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
