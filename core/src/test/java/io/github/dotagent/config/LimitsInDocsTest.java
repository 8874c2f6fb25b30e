package io.github.dotagent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.DocumentedFigures;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of limits that users read has the figures of the code. */
class LimitsInDocsTest {
  @Test
  void theTableHasTheFiguresOfTheCode() throws IOException {
    List<String> limits = DocumentedFigures.of("names.md", "| what | limit | why |");
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
