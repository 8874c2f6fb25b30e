package io.github.dotagent.it.openjdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestResultsTest {
  @TempDir Path folder;

  @Test
  void readsTheSummaryOfJtreg() throws IOException {
    Path summary = folder.resolve("summary.txt");
    Files.writeString(
        summary,
        """
        java/net/InetAddress/HashSpreads.java             Passed. Execution successful
        java/net/URL/B5086147.sh#id1  Failed. exit code 1
        """);
    Map<String, String> ends = TestResults.read(summary);
    assertEquals("Passed. Execution successful", ends.get("java/net/InetAddress/HashSpreads.java"));
    assertEquals(Map.of("Passed", 1L, "Failed", 1L), TestResults.counts(ends));
  }

  @Test
  void differencesAreThoseOfTheEnd() {
    Map<String, String> without =
        Map.of("a", "Passed. x", "b", "Failed. one", "c", "Passed. x", "d", "Error. e");
    Map<String, String> with = Map.of("a", "Passed. y", "b", "Failed. other", "c", "Failed. z");
    assertEquals(
        List.of(
            "c\n  without: Passed. x\n  with:    Failed. z",
            "d\n  without: Error. e\n  with:    Not run."),
        TestResults.differences(without, with));
  }
}
