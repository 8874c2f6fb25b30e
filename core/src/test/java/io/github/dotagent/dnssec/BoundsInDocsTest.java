package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.DocumentedFigures;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of bounds that owners of zones read has the figures of the code. */
class BoundsInDocsTest {
  @Test
  void theTableHasTheFiguresOfTheCode() throws IOException {
    List<String> figures = DocumentedFigures.of("dnssec.md", "| what | at most | with more |");
    assertEquals(
        List.of(
            figures(
                KeyLimits.MOST_KEYS,
                KeyLimits.MOST_DS,
                KeyLimits.MOST_SIGNATURES,
                KeyLimits.MOST_OCTETS),
            figures(
                KeyLimits.MOST_MODULUS_OCTETS * Byte.SIZE,
                KeyLimits.MOST_EXPONENT_OCTETS * Byte.SIZE),
            figures(
                ResponseFilter.MOST_SETS,
                ResponseFilter.MOST_RECORDS,
                ResponseFilter.MOST_SIGNATURES),
            figures(ResponsePart.NSEC3_ITERATIONS),
            figures(ChainRecords.MOST) + ", " + megabytes(ChainRecords.MOST_KEPT_OCTETS),
            megabytes(Validator.MOST_KEY_OCTETS)),
        figures);
  }

  private static String figures(int... bounds) {
    return Arrays.stream(bounds)
        .mapToObj(bound -> String.format(Locale.ROOT, "%,d", bound))
        .collect(Collectors.joining(", "));
  }

  /** Rounded: a bound may be a number of entries times their size. */
  private static String megabytes(long octets) {
    return Math.round(octets / (double) (1 << 20)) + " MB";
  }
}
