package io.github.dotagent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "0s,PT0S",
    "500ms,PT0.5S",
    "5s,PT5S",
    "010m,PT10M",
    "1h,PT1H",
    "1d,PT24H",
    "1m30s,PT1M30S",
    "1d12h,PT36H",
    "1s500ms,PT1.5S",
    "2147483647s,PT2147483647S"
  })
  void textIsReadAsADuration(String text, Duration duration) {
    assertEquals(duration, DurationText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "5", "s", "5 s", "5S", "-5s", "+5s", "1.5s", "5ss", "5w", "PT5S", "٥s", "30s1m", "1m1m",
        "1m30", "1m 30s"
      })
  void notADuration(String text) {
    assertNull(DurationText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807d", "99999999999999999999999999999999ms"})
  void aDurationBeyondLongIsLarge(String text) {
    assertEquals(1, DurationText.parse(text).compareTo(ConfigLoader.LONGEST_TTL));
  }

  @ParameterizedTest
  @CsvSource({"PT0S,0s", "PT0.1S,100ms", "PT1.5S,1500ms", "PT600S,10m", "PT25H,25h", "PT48H,2d"})
  void aDurationIsWrittenInItsLargestUnit(Duration duration, String text) {
    assertEquals(text, DurationText.text(duration));
  }

  /** Between 100ms and 10m. */
  @ParameterizedTest
  @CsvSource({
    "5,5s",
    "600,600s",
    "601,601ms",
    "0,100ms",
    "9999999,10m",
    "5 s,5s",
    "5S,5s",
    "5sec,5s",
    "5 minutes,5m",
    "500 millis,500ms",
    "500MS,500ms",
    "2hours,10m",
    "1days,10m"
  })
  void theNearestValidForm(String text, String nearest) {
    assertEquals(
        nearest, DurationText.nearest(text, Duration.ofMillis(100), Duration.ofMinutes(10)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "-5s", "5x", "1.5s"})
  void textThatIsNoTimeHasNoNearestForm(String text) {
    assertNull(DurationText.nearest(text, Duration.ZERO, Duration.ofMinutes(10)));
  }
}
