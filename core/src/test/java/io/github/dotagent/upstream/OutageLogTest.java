package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailures;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An hour of trouble, with a lookup every second: lines for people to read. */
@Timeout(60)
class OutageLogTest {
  private static final int LOOKUPS = 3_600;
  private static final String SERVER = "upstream 192.0.2.1@853#one.one.one.one";

  private final ScriptedPool pool = new ScriptedPool();

  /** Runs the hour; the function decides each query by server and number of the lookup. */
  private List<String> anHour(BiConsumer<Integer, ScriptedTransport.Asked> fate) {
    int[] seen = new int[4];
    for (int i = 0; i < LOOKUPS; i++) {
      pool.lookup();
      boolean more = true;
      while (more) { // after a failure the pool asks the next server
        more = false;
        for (int server = 0; server < seen.length; server++) {
          List<ScriptedTransport.Asked> all = pool.transport(server).all();
          while (seen[server] < all.size()) {
            fate.accept(server, all.get(seen[server]++));
            more = true;
          }
        }
      }
      pool.timers().advance(Duration.ofSeconds(1));
    }
    return pool.log().lines().stream().filter(line -> !line.startsWith("DEBUG")).toList();
  }

  /** A program that has its last answer ends, and the log with it. */
  @Test
  void theLogHasAnAnswerBeforeTheProgramHasIt() {
    List<String> atTheAnswer = new ArrayList<>();
    pool.lookup().thenRun(() -> atTheAnswer.addAll(pool.log().lines()));
    pool.transport(0).all().get(0).answer("203.0.113.7");
    assertTrue(atTheAnswer.toString().contains("RECORDS from"), atTheAnswer.toString());
  }

  /** The caller that is told so does not look up before the log knows that all are away. */
  @Test
  void theLogHasAnOutageBeforeTheProgramHasTheFailure() {
    List<String> atTheFailure = new ArrayList<>();
    pool.lookup().whenComplete((answer, failed) -> atTheFailure.addAll(pool.log().lines()));
    for (int server = 0; server < 4; server++) {
      pool.transport(server).all().get(0).fail(ExchangeFailures.timeout("connect timed out"));
    }
    assertTrue(atTheFailure.toString().contains("no upstream is left"), atTheFailure.toString());
  }

  /** Servers that come and go use the lines up; then they stay away. */
  @Test
  void anOutageThatLastsIsLoggedOnceThereAreLinesAgain() {
    ManualTimers timers = new ManualTimers();
    RecordedLog log = new RecordedLog();
    OutageLog outage = new OutageLog("lookups fail", () -> 0, () -> 0, timers, log);
    for (int i = 0; i < LineBudget.MOST; i += 2) {
      outage.begins(List.of());
      outage.ends(List.of());
    }
    outage.begins(List.of());
    outage.ends(List.of());
    outage.begins(List.of());
    timers.advance(Duration.ofNanos(LineBudget.EARNED_IN_NANOS));
    List<String> said = log.lines().stream().filter(line -> !line.startsWith("DEBUG")).toList();
    assertEquals(LineBudget.MOST + 1, said.size(), said.toString());
    String last = said.get(LineBudget.MOST);
    assertTrue(last.startsWith("ERROR no upstream is left"), last);
    assertTrue(last.contains(": lookups fail, for 10 min 0 s now"), last);
    timers.advance(Duration.ofDays(1));
    assertEquals(3 + LineBudget.MOST + 1, log.lines().size(), "three at debug, and no more");
  }

  @Test
  void oneServerIsDown() {
    List<String> said =
        anHour(
            (server, asked) -> {
              if (server == 0) {
                asked.fail(ExchangeFailures.unreachable("connection refused"));
              } else {
                asked.answer("203.0.113.7");
              }
            });
    assertEquals(
        List.of(
            "WARN "
                + SERVER
                + ": connection refused (nothing listens, or a"
                + " firewall resets it); asked last until it answers again"),
        said);
  }

  @Test
  void allAreDown() {
    List<String> said =
        anHour((server, asked) -> asked.fail(ExchangeFailures.timeout("connect timed out")));
    assertEquals(5, said.size(), said.toString());
    assertTrue(
        said.subList(0, 4).stream()
            .allMatch(line -> line.endsWith("asked last until it answers again")));
    assertEquals(
        "ERROR no upstream is left (4 out of reach: connect timed out): lookups fail", said.get(4));
  }

  @Test
  void allHaveAWrongPin() {
    List<String> said =
        anHour((server, asked) -> asked.fail(ExchangeFailures.untrusted("pin mismatch (x)")));
    assertEquals(5, said.size(), said.toString());
    assertTrue(said.subList(0, 4).stream().allMatch(line -> line.startsWith("ERROR upstream ")));
    assertEquals(
        "ERROR no upstream is left (4 untrusted: pin mismatch): lookups fail", said.get(4));
  }

  /** Each reason once, the worst kind first: who reads this line alone knows where to look. */
  @Test
  void eachFailsInItsOwnWay() {
    List<String> said =
        anHour(
            (server, asked) ->
                asked.fail(
                    switch (server) {
                      case 0 -> ExchangeFailures.unreachable("connection refused");
                      case 1 -> ExchangeFailures.timeout("connect timed out");
                      case 2 -> ExchangeFailures.malformed("not DNS");
                      default -> ExchangeFailures.untrusted("pin mismatch (presented x)");
                    }));
    assertEquals(
        "ERROR no upstream is left (1 untrusted: pin mismatch; 2 out of reach: connection refused,"
            + " connect timed out; 1 without an answer: not DNS): lookups fail",
        said.get(said.size() - 1));
  }

  /** A firewall that rejects; a family that this machine does not have is no news. */
  @Test
  void noRouteInANetworkThatIsThere() {
    List<String> said =
        anHour(
            (server, asked) -> {
              switch (server) {
                case 0 -> asked.fail(ExchangeFailures.noRoute("no route to host"));
                case 1 -> asked.fail(ExchangeFailures.noRoute("network unreachable"));
                default -> asked.answer("203.0.113.7");
              }
            });
    assertEquals(
        List.of(
            "WARN "
                + SERVER
                + ": no route to host (a firewall rejects it, or the host is down); asked last"
                + " until it answers again",
            "INFO upstream 192.0.2.2@853#one.one.one.one: network unreachable; asked last until it"
                + " answers again"),
        said);
  }

  @Test
  void allComeAndGo() {
    List<String> said =
        anHour(
            (server, asked) -> {
              if (pool.timers().epochMillis() / 5_000 % 2 == 0) {
                asked.fail(ExchangeFailures.unreachable("connection refused"));
              } else {
                asked.answer("203.0.113.7");
              }
            });
    int inAnHour = LineBudget.MOST + 6; // per server, and once more for all servers together
    assertTrue(said.size() >= 2 * LineBudget.MOST, said.toString());
    assertTrue(said.size() <= 5 * inAnHour, said.size() + " lines");
  }

  /** An interceptor that appears during the outage. */
  @Test
  void eachNewReasonIsLogged() {
    List<String> said =
        anHour(
            (server, asked) -> {
              long seconds = pool.timers().epochMillis() / 1_000;
              if (server != 0) {
                asked.answer("203.0.113.7");
              } else if (seconds < 600) {
                asked.fail(ExchangeFailures.timeout("connect timed out"));
              } else if (seconds < 1_200) {
                asked.fail(ExchangeFailures.untrusted("pin mismatch (presented " + seconds + ")"));
              } else {
                asked.fail(ExchangeFailures.unreachable("connection refused"));
              }
            });
    assertEquals(3, said.size(), said.toString());
    assertEquals(
        "WARN "
            + SERVER
            + ": connect timed out (a firewall drops it, or the host is down); asked last until it"
            + " answers again",
        said.get(0));
    assertTrue(said.get(1).startsWith("ERROR " + SERVER + ": now pin mismatch ("), said.get(1));
    assertTrue(
        said.get(1).endsWith("; no name is sent to it; before: connect timed out"), said.get(1));
    assertTrue(
        said.get(2).startsWith("WARN " + SERVER + ": now connection refused ("), said.get(2));
    assertTrue(said.get(2).endsWith("); before: pin mismatch"), said.get(2));
  }

  /** Unlike one that cannot be connected to: its owner is asked, and not the network's. */
  @Test
  void aServerThatNeverAnswersQueries() {
    List<String> said =
        anHour(
            (server, asked) -> {
              if (server == 0) {
                asked.fail(ExchangeFailures.noAnswer());
              } else {
                asked.answer("203.0.113.7");
              }
            });
    assertEquals(
        List.of(
            "WARN "
                + SERVER
                + ": no answer in time (it takes queries and answers none: it is overloaded, or its"
                + " own servers are away); asked last until it answers again"),
        said);
  }

  @Test
  void aWrongIdentityThatLastsIsLoggedOnceAnHour() {
    for (int i = 0; i < 3; i++) {
      anHour(
          (server, asked) -> {
            if (server == 0) {
              asked.fail(ExchangeFailures.untrusted("name mismatch (x)"));
            } else {
              asked.answer("203.0.113.7");
            }
          });
    }
    assertEquals(
        List.of(
            "ERROR " + SERVER + ": name mismatch (x); no name is sent to it",
            "ERROR " + SERVER + " is still untrusted: name mismatch (x)",
            "ERROR " + SERVER + " is still untrusted: name mismatch (x)"),
        pool.log().lines().stream().filter(line -> line.startsWith("ERROR")).toList());
  }

  @Test
  void theEndOfAnOutageHasItsLengthAndItsFailures() {
    List<String> said =
        anHour(
            (server, asked) -> {
              if (pool.timers().epochMillis() < 190_000) {
                asked.fail(ExchangeFailures.unreachable("connection refused"));
              } else {
                asked.answer("203.0.113.7");
              }
            });
    List<String> ofAll =
        said.stream()
            .filter(line -> line.contains("no upstream") || line.contains("without any"))
            .toList();
    assertEquals(
        List.of(
            "ERROR no upstream is left (4 out of reach: connection refused): lookups fail",
            "WARN "
                + SERVER
                + " answers again, after 3 min 10 s without any answer; 190 lookups failed"
                + " meanwhile"),
        ofAll);
  }

  @Test
  void howManyNamesLeftInTheClear() {
    List<String> said =
        anHour(
            (server, asked) -> {
              if (pool.timers().epochMillis() < 190_000) {
                pool.namesInClear.incrementAndGet();
                asked.fail(ExchangeFailures.unreachable("connection refused"));
              } else {
                asked.answer("203.0.113.7");
              }
            });
    assertTrue(
        said.stream()
            .anyMatch(
                line ->
                    line.matches(
                        ".* without any answer; \\d+ names left in the clear and 190 lookups failed"
                            + " meanwhile")),
        said::toString);
  }
}
