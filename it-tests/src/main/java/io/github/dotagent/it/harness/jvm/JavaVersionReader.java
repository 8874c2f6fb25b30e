package io.github.dotagent.it.harness.jvm;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out a Java's major version: from its {@code release} file, else by asking it. */
final class JavaVersionReader {
  private static final Pattern PRINTED = Pattern.compile("version \"([^\"]+)\"");
  private static final Pattern OLD_SCHEME = Pattern.compile("1\\.(\\d+).*"); // until Java 8
  private static final Pattern NEW_SCHEME = Pattern.compile("(\\d+).*"); // JEP 223
  private static final int SLOW_START_SECONDS = 20;

  private JavaVersionReader() {}

  /** Empty when the folder holds no Java that runs. */
  static OptionalInt majorOf(Path home) {
    Path java = home.resolve("bin").resolve("java");
    if (!Files.isExecutable(java)) {
      return OptionalInt.empty();
    }
    try {
      String version = fromReleaseFile(home.resolve("release"));
      return major(version != null ? version : asked(java));
    } catch (IOException notRunnable) {
      return OptionalInt.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  static OptionalInt major(String version) {
    for (Pattern scheme : new Pattern[] {OLD_SCHEME, NEW_SCHEME}) {
      Matcher matcher = scheme.matcher(version);
      if (matcher.matches()) {
        return OptionalInt.of(Integer.parseInt(matcher.group(1)));
      }
    }
    return OptionalInt.empty();
  }

  /** Null without the file or the line: some distributions' JREs of Java 8 have none. */
  private static String fromReleaseFile(Path release) throws IOException {
    if (!Files.isReadable(release)) {
      return null;
    }
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
      lines.load(reader);
    }
    String version = lines.getProperty("JAVA_VERSION");
    return version == null ? null : version.replace("\"", "");
  }

  private static String asked(Path java) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(java.toString(), "-version");
    CleanEnvironment.apply(builder.environment());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      // What it prints fits the pipe's buffer, so waiting before reading cannot block it.
      if (!process.waitFor(SLOW_START_SECONDS, TimeUnit.SECONDS)) {
        return "";
      }
      byte[] printed = process.getInputStream().readAllBytes();
      Matcher matcher = PRINTED.matcher(new String(printed, StandardCharsets.UTF_8));
      return matcher.find() ? matcher.group(1) : "";
    } finally {
      process.destroyForcibly();
    }
  }
}
