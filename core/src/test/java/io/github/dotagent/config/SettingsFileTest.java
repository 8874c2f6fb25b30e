package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  private static final String REMEDY =
      "; the argument is the path of a properties file,"
          + " such as -javaagent:dot-agent.jar=/etc/dot-agent.properties";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("agent.properties");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeout=7s",
        "dotagent.timeout = 7s  ",
        "# a comment\n\ntimeout: 7s\n",
        "\uFEFFtimeout=7s",
        "timeout=7s\r\ndotagent.timeout=7s\r\n",
        "timeout=\\\n  7s",
        "time\\u006fut=7s"
      })
  void keysWithAndWithoutPrefix(String text) throws Exception {
    Files.writeString(file, text);
    assertEquals(Duration.ofSeconds(7), given().argument(" " + file + " ").load().timeout());
  }

  @Test
  void anEmptyFileSaysNothing() throws Exception {
    Files.createFile(file);
    assertEquals(Duration.ofSeconds(5), given().argument(file).load().timeout());
  }

  @Test
  void textIsUtf8() throws Exception {
    assertRefused(
        "zeit\u00fcberschreitung.timeout=5s (file %s): there is no such setting;"
            + " did you mean timeout?",
        "zeit\u00fcberschreitung.timeout=5s");
  }

  @Test
  void bothSpellingsWithDifferentValues() throws Exception {
    assertRefused(
        "dotagent.timeout=2s (file %s): the file also has timeout=1s; keep one of the two",
        "timeout=1s\ndotagent.timeout=2s");
  }

  @Test
  void oneSpellingTwiceWithDifferentValues() throws Exception {
    assertRefused(
        "timeout=2s (file %s): the file also has timeout=1s; keep one of the two",
        "timeout=1s\ntimeout=2s");
  }

  @Test
  void twoPasswordsAreNotPrinted() throws Exception {
    assertRefused(
        "dotagent.trustStorePassword=*** (file %s): the file also has trustStorePassword=***;"
            + " keep one of the two",
        "trustStorePassword=hunter2\ndotagent.trustStorePassword=hunter3");
  }

  @Test
  void unknownKeysInTheSpellingOfTheFile() throws Exception {
    assertRefused(
        "cache.maxtl=1d (file %s): there is no such setting; did you mean cache.maxTtl?",
        "cache.maxtl=1d");
    assertRefused(
        "dotagent.pin=x (file %s): there is no such setting; did you mean dotagent.pins?",
        "dotagent.pin=x");
    assertRefused(
        "DOTAGENT_TIMEOUT=5s (file %s): there is no such setting; did you mean timeout?",
        "DOTAGENT_TIMEOUT=5s");
  }

  @Test
  void valuesInTheSpellingOfTheFile() throws Exception {
    assertRefused(
        "auth=pins (file %s): needs pins; write pins=sha256/BASE64, or auth=name", "auth=pins");
  }

  @Test
  void unreadable() throws IOException {
    assertEquals(
        file + " (agent argument): there is no file " + file + REMEDY,
        given().argument(file).refused());
    assertEquals(
        folder + " (agent argument): " + folder + " is a folder, not a file" + REMEDY,
        given().argument(folder).refused());
    assertEquals(
        "a\\000b (agent argument): is not a path: Nul character not allowed" + REMEDY,
        given().argument("a\0b").refused());
    Files.write(file, "log.file=gr\u00f6\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + " (agent argument): is not UTF-8" + REMEDY, given().argument(file).refused());
    Files.writeString(file, "log.file=C:\\users\\me");
    assertEquals(
        file + " (agent argument): has a \\u without four hex digits behind it" + REMEDY,
        given().argument(file).refused());
  }

  private void assertRefused(String message, String text) throws IOException {
    Files.writeString(file, text);
    assertEquals(String.format(message, file), given().argument(file).refused());
  }
}
