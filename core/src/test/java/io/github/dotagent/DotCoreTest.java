package io.github.dotagent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.SettingSources;
import io.github.dotagent.resolver.NoSystemResolver;
import io.github.dotagent.testing.RecordedLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DotCoreTest {
  private final RecordedLog log = new RecordedLog();
  private DotCore core;

  @AfterEach
  void end() {
    core.end();
  }

  private void make() throws Exception {
    Map<String, String> settings = Map.of("dotagent.upstreams", "127.0.0.1@853#dns.example.test");
    core =
        DotCore.of(
            ConfigLoader.load(new SettingSources(settings, Map.of(), "")),
            new NoSystemResolver(""),
            log);
  }

  @Test
  void aBackgroundActionThatFailsIsAmongTheLatestErrors() throws Exception {
    make();
    core.timers()
        .after(
            0,
            () -> {
              throw new IllegalStateException("broken");
            });
    CompletableFuture<Void> afterwards = new CompletableFuture<>();
    core.timers().after(0, () -> afterwards.complete(null));
    afterwards.join();
    assertSaid("a background action of the agent failed");
  }

  private void assertSaid(String begin) {
    assertEquals(1, log.lines().size(), log.lines().toString());
    assertTrue(log.lines().get(0).startsWith("ERROR " + begin), log.lines().toString());
    List<String> latest = core.status().lastErrors();
    assertEquals(1, latest.size(), latest.toString());
    assertTrue(latest.get(0).contains(begin), latest.toString());
  }
}
