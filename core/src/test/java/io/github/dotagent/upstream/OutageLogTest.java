package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailures;
import io.github.dotagent.support.LineBudget;
import java.time.Duration;
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

  /** Runs the hour: what becomes of a query, by server and number of the lookup. */
  private List<String> anHour(BiConsumer<Integer, ScriptedTransport.Asked> fate) {
    int[] seen = new int[4];
    for (int i = 0; i < LOOKUPS; i++) {
      pool.lookup();
      boolean more = true;
      while (more) { // one that fails has the next one asked
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
    assertEquals(List.of("WARN " + SERVER + ": connection refused; asked last from now on"), said);
  }

  @Test
  void allAreDown() {
    List<String> said =
        anHour((server, asked) -> asked.fail(ExchangeFailures.timeout("connect timed out")));
    assertEquals(4, said.size(), said.toString());
    assertTrue(said.stream().allMatch(line -> line.endsWith("asked last from now on")));
  }

  @Test
  void allHaveAWrongPin() {
    List<String> said =
        anHour((server, asked) -> asked.fail(ExchangeFailures.untrusted("pin mismatch (x)")));
    assertEquals(4, said.size(), said.toString());
    assertTrue(said.stream().allMatch(line -> line.startsWith("ERROR upstream ")));
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
    int inAnHour = LineBudget.MOST + 6; // for each server
    assertTrue(said.size() >= 2 * LineBudget.MOST, said.toString());
    assertTrue(said.size() <= 4 * inAnHour, said.size() + " lines");
  }
}
