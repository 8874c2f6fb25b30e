package io.github.dotagent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of limits that users read has the figures of the code. */
class LimitsInDocsTest {
  @Test
  void theTableHasTheFiguresOfTheCode() throws IOException {
    List<String> limits =
        Files.readAllLines(Path.of("..", "docs", "names.md")).stream()
            .dropWhile(line -> !line.equals("| what | limit | why |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.split(" \\| ")[1])
            .collect(Collectors.toList());
    assertEquals(
        List.of(
            figure(Setting.LONGEST_VALUE) + " characters",
            (SettingsFile.MOST_OCTETS >> 20) + " MB, read within " + NamedFile.SECONDS + " s",
            figure(UpstreamText.MOST),
            figure(Setting.SHOWN_CHARACTERS) + " characters"),
        limits);
  }

  private static String figure(int limit) {
    return String.format(Locale.ROOT, "%,d", limit);
  }
}
