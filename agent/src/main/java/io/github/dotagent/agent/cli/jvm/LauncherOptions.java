package io.github.dotagent.agent.cli.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The options that the launcher {@code java} has for its JVM: {@code cmdline} and {@code environ}
 * under {@code /proc}, proc(5).
 */
public final class LauncherOptions {
  // options of HotSpot; the last one on the command line counts
  private static final String ATTACHING_OFF = "-XX:+DisableAttachMechanism";
  private static final String ATTACHING_ON = "-XX:-DisableAttachMechanism";

  /** The JVM reads it after the command line, so it wins over that. */
  private static final String OVERRIDE = "_JAVA_OPTIONS=";

  /** Options that end the list ({@code -jar}, {@code -m}) are not among them. */
  private static final Set<String> WITH_VALUE =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "-cp",
                  "-classpath",
                  "--class-path",
                  "-p",
                  "--module-path",
                  "--upgrade-module-path",
                  "--add-modules",
                  "--add-reads",
                  "--add-exports",
                  "--add-opens",
                  "--limit-modules",
                  "--patch-module",
                  "--enable-native-access")));

  private LauncherOptions() {}

  /** Whether the option's value is the next argument. */
  public static boolean hasValueBehind(String option) {
    return WITH_VALUE.contains(option);
  }

  /**
   * Whether the JVM is known to refuse attaching: it then answers the signal that wakes its
   * listener by printing all its threads. Without its file in {@code hsperfdata} the Attach API
   * finds that out by waiting.
   *
   * @param folder of the process
   */
  static boolean switchAttachingOff(Path folder) {
    try {
      String[] arguments = strings(folder.resolve("cmdline"));
      return arguments[0].matches("(.*/)?java")
          && isLastOff(arguments)
          && !isOverridden(strings(folder.resolve("environ")));
    } catch (IOException notTold) {
      return false;
    }
  }

  /** The main class or the jar, without its folders and arguments. */
  static String program(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      boolean named = arguments[i].equals("-jar") || arguments[i].equals("-m");
      if (named || arguments[i].equals("--module")) {
        return i + 1 < arguments.length ? withoutFolders(arguments[i + 1]) : "-jar";
      }
      if (!arguments[i].startsWith("-") && !arguments[i].startsWith("@")) {
        return withoutFolders(arguments[i]);
      }
      if (WITH_VALUE.contains(arguments[i])) {
        i++;
      }
    }
    return arguments.length == 0 ? "" : withoutFolders(arguments[0]);
  }

  private static String withoutFolders(String path) {
    return path.endsWith(".jar") ? path.substring(path.lastIndexOf('/') + 1) : path;
  }

  private static String[] strings(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split("\0", -1);
  }

  /** Up to the main class, whose arguments are its own; the last one counts. */
  private static boolean isLastOff(String[] arguments) {
    boolean off = false;
    for (int i = 1; i < arguments.length && arguments[i].startsWith("-"); i++) {
      if (arguments[i].equals(ATTACHING_OFF) || arguments[i].equals(ATTACHING_ON)) {
        off = arguments[i].equals(ATTACHING_OFF);
      }
      if (WITH_VALUE.contains(arguments[i])) {
        i++;
      }
      if (i + 1 < arguments.length && arguments[i + 1].startsWith("@")) {
        return false; // a file with more of them
      }
    }
    return off;
  }

  private static boolean isOverridden(String[] environment) {
    for (String variable : environment) {
      if (variable.startsWith(OVERRIDE)) {
        return true;
      }
    }
    return false;
  }
}
