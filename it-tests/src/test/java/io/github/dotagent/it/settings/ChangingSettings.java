package io.github.dotagent.it.settings;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** A settings file that changes, always as a whole. For one thread. */
final class ChangingSettings {
  private final Path file;
  private final Map<String, String> settings = new LinkedHashMap<>();

  ChangingSettings(Path file) {
    this.file = file;
  }

  Path path() {
    return file;
  }

  /**
   * The program with the agent, which reads this file and nothing else, and without a cache of the
   * JVM's own. The file has to name servers: the default ones are public.
   */
  ChildJvm on(ChildJvm program) {
    if (!settings.containsKey("upstreams") || !Files.exists(file)) {
      throw new IllegalStateException("no upstreams in " + file);
    }
    return program.jvmArgs(
        "-javaagent:" + Agent.jar() + "=" + file,
        "-Dsun.net.inetaddr.ttl=0",
        "-Dsun.net.inetaddr.negative.ttl=0");
  }

  /**
   * In memory so far.
   *
   * @param value null: the default
   */
  ChangingSettings set(String key, Object value) {
    if (value == null) {
      settings.remove(key);
    } else {
      settings.put(key, value.toString());
    }
    return this;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  void write() {
    if (!settings.containsKey("upstreams")) {
      throw new IllegalStateException("no upstreams: the default ones are public");
    }
    replace(file, text());
  }

  /** As careful programs do it: no reader ever sees a part. */
  static void replace(Path file, String text) {
    try {
      Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
