package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that came and went until no line was left, and then stays in one state. */
class UpstreamLogTest {
  private static final String SERVER = "192.0.2.1@853";

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final UpstreamLog lines = new UpstreamLog(SERVER, timers, log);

  private void fails(ExchangeFailure.Kind kind, String reason) {
    lines.failed(kind, reason);
  }

  private void noLineIsLeft(ExchangeFailure.Kind kind, String reason) {
    for (int i = 0; i < LineBudget.MOST; i++) {
      fails(kind, reason);
      lines.answersAgain();
    }
  }

  private void aLineIsEarned() {
    timers.advance(Duration.ofNanos(LineBudget.EARNED_IN_NANOS));
  }

  private List<String> said() {
    return log.lines().stream().filter(line -> !line.startsWith("DEBUG")).toList();
  }

  private String last() {
    return said().get(said().size() - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNREACHABLE | connection reset | WARN upstream 192.0.2.1@853: connection reset; asked last until it answers again, for 10 min 0 s now
          UNTRUSTED   | pin mismatch     | ERROR upstream 192.0.2.1@853: pin mismatch; no name is sent to it, for 10 min 0 s now
          """)
  void aStateThatLastsIsLoggedWhenTheBudgetHasALine(
      ExchangeFailure.Kind kind, String reason, String line) {
    noLineIsLeft(kind, reason);
    fails(kind, reason);
    int before = said().size();
    aLineIsEarned();
    assertEquals(before + 1, said().size(), said().toString());
    assertTrue(last().startsWith(line), last());
    timers.advance(Duration.ofDays(1));
    assertEquals(before + 1, said().size(), "once");
    assertEquals(0, timers.waiting());
  }

  @Test
  void oneThatIsOverIsNotSaid() {
    noLineIsLeft(ExchangeFailure.Kind.UNREACHABLE, "connection reset");
    fails(ExchangeFailure.Kind.UNREACHABLE, "connection reset");
    lines.answersAgain();
    int before = said().size();
    timers.advance(Duration.ofDays(1));
    assertEquals(before, said().size(), said().toString());
  }

  @Test
  void aServerThatTheSettingsNoLongerNameIsNotSaid() {
    noLineIsLeft(ExchangeFailure.Kind.UNREACHABLE, "connection reset");
    fails(ExchangeFailure.Kind.UNREACHABLE, "connection reset");
    lines.retired();
    int before = said().size();
    timers.advance(Duration.ofDays(1));
    assertEquals(before, said().size(), said().toString());
  }

  @Test
  void theLastReasonIsLogged() {
    noLineIsLeft(ExchangeFailure.Kind.UNREACHABLE, "connection reset");
    fails(ExchangeFailure.Kind.UNREACHABLE, "connection reset");
    timers.advance(Duration.ofMinutes(1));
    fails(ExchangeFailure.Kind.MALFORMED, "not DNS");
    int before = said().size();
    timers.advance(Duration.ofDays(1));
    assertEquals(before + 1, said().size(), said().toString());
    assertTrue(
        last()
            .startsWith(
                "WARN upstream 192.0.2.1@853: now not DNS; before: connection reset, for 10 min 0"
                    + " s now"),
        last());
  }

  /** Lines of its own failures must not be missing where it shows a wrong identity. */
  @Test
  void linesOfAWrongIdentityAreApart() {
    noLineIsLeft(ExchangeFailure.Kind.UNREACHABLE, "connection reset");
    fails(ExchangeFailure.Kind.UNTRUSTED, "pin mismatch");
    assertEquals("ERROR upstream 192.0.2.1@853: pin mismatch; no name is sent to it", last());
    timers.advance(Duration.ofDays(1));
    assertEquals("ERROR upstream 192.0.2.1@853: pin mismatch; no name is sent to it", last());
  }
}
