package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a made-up /proc says of how a JVM was started. */
class LauncherOptionsTest {
  private static final String OFF = "-XX:+DisableAttachMechanism";
  private static final String ON = "-XX:-DisableAttachMechanism";

  @TempDir Path folder;

  private boolean isOff(List<String> arguments) throws IOException {
    write("cmdline", arguments);
    return LauncherOptions.switchAttachingOff(folder);
  }

  /** Each with a zero behind it; proc(5). */
  private void write(String file, List<String> strings) throws IOException {
    Files.writeString(folder.resolve(file), String.join("\0", strings) + "\0");
  }

  private void are(boolean off, List<List<String>> commandLines) throws IOException {
    write("environ", List.of("HOME=/", "PATH=/usr/bin"));
    for (List<String> arguments : commandLines) {
      assertEquals(off, isOff(arguments), arguments.toString());
    }
  }

  @Test
  void theOptionThatSwitchesAttachingOffIsFound() throws IOException {
    are(
        true,
        List.of(
            List.of("/opt/jdk/bin/java", OFF, "Main"),
            List.of("java", "-cp", "lib", ON, "--add-opens", "a/b=c", OFF, "-jar", "service.jar")));
  }

  @Test
  void otherCommandLinesAreNotSwitchedOff() throws IOException {
    are(
        false,
        List.of(
            List.of("java", OFF, ON, "Main"), // the last one counts
            List.of("java", "-jar", "service.jar", OFF), // the program's own
            List.of("java", "-m", "service/Main", OFF),
            List.of("java", "Main", OFF),
            List.of("java", OFF, "@more", "Main"),
            List.of("java", "-cp"),
            List.of("/opt/service/launcher", OFF),
            List.of("")));
  }

  /** What is in the environment for the launcher comes before the command line, this after it. */
  @Test
  void theEnvironmentMaySwitchAttachingOn() throws IOException {
    List<String> arguments = List.of("java", OFF, "Main");
    assertFalse(isOff(arguments), "an environment that is not told");
    write("environ", List.of("HOME=/", "_JAVA_OPTIONS=" + ON));
    assertFalse(isOff(arguments));
  }
}
