package io.github.dotagent.resolver;

import static io.github.dotagent.resolver.SearchUnderTest.POD;
import static io.github.dotagent.resolver.SearchUnderTest.lookUp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.testing.ManualTimers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A name that was found by the search list lately is not searched for again. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchMemoryTest {
  @TempDir Path folder;

  private SearchUnderTest search;
  private ManualTimers timers;
  private Witnesses witnesses;

  @BeforeEach
  void begin() {
    search = new SearchUnderTest(folder);
    timers = search.timers;
    witnesses = search.witnesses;
  }

  /** As long as the JVM's own cache kept it without the agent. */
  @Test
  void aNameThatWasFoundIsNotSearchedForAgainForHalfAMinute() throws IOException {
    PolicyResolver resolver = search.withFile(POD);
    witnesses.exist("api.example.com", "db.default.svc.cluster.local.");
    lookUp(resolver, "api.example.com");
    lookUp(resolver, "db.default");
    witnesses.asked().clear();
    timers.advance(Duration.ofSeconds(30).minusNanos(1));
    lookUp(resolver, "api.example.com");
    lookUp(resolver, "db.default");
    assertEquals(List.of("d:api.example.com", "s:db.default.svc.cluster.local."), search.asked());
    witnesses.asked().clear();
    timers.advance(Duration.ofNanos(1));
    lookUp(resolver, "api.example.com");
    assertEquals(4, search.asked().size(), "and then it is, once: " + search.asked());
  }

  @Test
  void aNameThatIsGoneIsSearchedForAtOnce() throws IOException {
    PolicyResolver resolver = search.withFile(POD);
    witnesses.exist("db.default.svc.cluster.local.");
    lookUp(resolver, "db.default");
    witnesses.exist("db.default.default.svc.cluster.local.");
    witnesses.asked().clear();
    lookUp(resolver, "db.default");
    assertEquals(
        List.of("s:db.default.svc.cluster.local.", "s:db.default.default.svc.cluster.local."),
        search.asked());
  }

  @Test
  void hostsWithoutEndTakeNoMemoryWithoutEnd() throws IOException {
    PolicyResolver resolver = search.withFile("search corp.example\n");
    for (int i = 0; i <= 1_000; i++) {
      witnesses.exist("h" + i + ".x.corp.example");
      lookUp(resolver, "h" + i + ".x");
    }
    witnesses.asked().clear();
    witnesses.exist("h0.x.corp.example", "h1000.x.corp.example");
    lookUp(resolver, "h1000.x");
    assertEquals(1, search.asked().size(), "the youngest is known");
    lookUp(resolver, "h0.x");
    assertEquals(3, search.asked().size(), "the oldest is not: " + search.asked());
  }
}
