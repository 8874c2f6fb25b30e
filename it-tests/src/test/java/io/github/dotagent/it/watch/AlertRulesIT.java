package io.github.dotagent.it.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The alerting rules that we ship, in Prometheus's own tester. */
@Timeout(60)
class AlertRulesIT {
  private static final String PROMTOOL = "promtool";

  /** Failsafe runs a module's tests in the module's folder. */
  private static final Path RULES = Path.of("..", "docs", "prometheus-alerts.yml");

  private static final Path EXPORTER = Path.of("..", "docs", "jmx-exporter.yml");

  @TempDir Path folder;

  @Test
  void eachFiresWhenItShouldAndNotOtherwise() throws Exception {
    assumeTrue(isThere(), "promtool is not installed (Debian's package prometheus)");
    Files.copy(RULES, folder.resolve("prometheus-alerts.yml"));
    Path tests = folder.resolve("tests.yml");
    try (InputStream in = AlertRulesIT.class.getResourceAsStream("/prometheus-alerts-test.yml")) {
      Files.copy(in, tests);
    }
    Process promtool =
        new ProcessBuilder(PROMTOOL, "test", "rules", tests.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(promtool.waitFor(30, TimeUnit.SECONDS), said);
    assertEquals(0, promtool.exitValue(), said);
  }

  private static boolean isThere() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROMTOOL)));
  }

  /** A rule on a series that does not exist never fires, and promtool does not notice. */
  @Test
  void theExporterMakesEachSeriesThatARuleReads() throws IOException {
    String exporter = Files.readString(EXPORTER);
    for (String word : Files.readString(RULES).split("[^a-z_]+")) {
      if (word.startsWith("dotagent_")) {
        String attribute = word.replaceFirst("^dotagent_", "").replaceFirst("_total$", "");
        boolean made = exporter.contains("name: " + word) || exporter.contains('|' + attribute);
        assertTrue(made || exporter.contains('(' + attribute), word);
      }
    }
  }
}
