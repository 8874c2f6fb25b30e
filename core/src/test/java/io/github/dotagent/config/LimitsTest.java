package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static io.github.dotagent.config.Given.loaded;
import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings that are huge, or a file that is none: one short message, soon. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimitsTest {
  private static final int MILLION = 1_000_000;

  @TempDir Path folder;

  /** For every type of setting. */
  @ParameterizedTest
  @EnumSource(
      value = SettingKey.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TRUST_STORE_PASSWORD", "CLIENT_CERTIFICATES_PASSWORD", "ZONES"})
  void aHugeValueIsRefusedAndCut(SettingKey key) {
    String huge = "x".repeat(MILLION);
    assertEquals(
        "dotagent."
            + key.key()
            + "="
            + "x".repeat(200)
            + "... (system property): has 1000000 characters; 131072 at most, as in a command"
            + " line; write for example "
            + key.example(),
        refused(key.key() + "=" + huge));
  }

  /** A list of ten thousand zones is longer than a command line may be. */
  @Test
  void zonesMayFillASettingsFile() {
    String message = refused("zones=" + "x".repeat(1_048_577));
    assertTrue(message.contains("has 1048577 characters; 1048576 at most"), message);
    assertTrue(message.length() < 500, message);
  }

  @Test
  void theLongestValueIsRead() throws ConfigException {
    String suffixes = "+" + "abcdefg,".repeat(131_072 / 8 - 1) + "abcdefg";
    assertEquals(131_072, suffixes.length());
    assertTrue(loaded("system.suffixes=" + suffixes).names().systemSuffixes().contains("abcdefg"));
  }

  @Test
  void aHugeKeyIsCut() {
    String message = refused("k".repeat(MILLION) + "=1");
    assertEquals(
        "dotagent." + "k".repeat(191) + "...=1 (system property): there is no such setting;",
        message.substring(0, message.indexOf(';') + 1));
    assertTrue(message.length() < 400, message);
  }

  @Test
  void manyUpstreams() throws ConfigException {
    assertEquals(1_000, loaded("upstreams=" + servers(1_000)).upstreams().size());
    assertTrue(
        refused("upstreams=" + servers(10_000)).endsWith(": names 10000 servers; 1000 at most"));
  }

  private static String servers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "10." + (i >> 16) + '.' + (i >> 8 & 255) + '.' + (i & 255))
        .collect(Collectors.joining(","));
  }

  /** The nearest form of a list is the list, and as long. */
  @Test
  void aHugeHintIsLeftOut() {
    String message = refused("system.suffixes=," + "abcdefg,".repeat(10_000) + "z");
    assertTrue(message.length() < 500, message);
    assertTrue(message.endsWith("has an empty entry; write for example +corp.example"), message);
  }

  @Test
  void aHugeFile() throws IOException {
    Path file = Files.writeString(folder.resolve("huge"), "#".repeat((1 << 20) + 1));
    assertTrue(
        given()
            .argument(file)
            .refused()
            .startsWith(
                file + " (agent argument): cannot be read: it is larger than 1048576 octets;"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceWithoutEnd() {
    assertTrue(
        given()
            .argument("/dev/zero")
            .refused()
            .startsWith(
                "/dev/zero (agent argument): cannot be read: it is larger than 1048576 octets;"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeThatNothingComesOutOf() throws Exception {
    Path pipe = pipe();
    assertTrue(
        given()
            .argument(pipe)
            .refused()
            .startsWith(pipe + " (agent argument): cannot be read: it was not read within 5 s;"));
    // the reader that was left behind ends with this
    Files.writeString(pipe, "timeout=7s");
  }

  /** A shell's {@code <(...)}. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeWithAWriterIsRead() throws Exception {
    Path pipe = pipe();
    Process writing =
        new ProcessBuilder("sh", "-c", "echo timeout=7s > " + pipe).inheritIO().start();
    assertEquals(Duration.ofSeconds(7), given().argument(pipe).load().timeout());
    assertEquals(0, writing.waitFor());
  }

  /** The first line would wait for its reader, and the start with it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aLogThatIsAPipe() throws Exception {
    Path pipe = pipe();
    assertEquals(
        "dotagent.log.file="
            + pipe
            + " (system property): "
            + pipe
            + " is a pipe or a socket, and a line would wait for its reader; name a file, or leave it"
            + " out for stderr",
        refused("log.file=" + pipe));
    for (String device : new String[] {"/dev/null", "/dev/stderr"}) {
      loaded("log.file=" + device);
    }
  }

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    return pipe;
  }

  @Test
  void aLongPathIsCut() {
    String message = given().argument("p".repeat(MILLION)).refused();
    assertTrue(message.length() < 6_000, () -> message.length() + " characters");
  }
}
