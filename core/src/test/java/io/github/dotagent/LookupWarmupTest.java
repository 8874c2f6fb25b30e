package io.github.dotagent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.DelayedLookup;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingSources;
import io.github.dotagent.testing.RecordedLog;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LookupWarmupTest {
  private final DelayedLookup real = new DelayedLookup();

  private int answered(Map<String, String> settings) throws Exception {
    DotConfig config = ConfigLoader.load(new SettingSources(settings, Map.of(), null));
    return LookupWarmup.run(config, new AgentTimers(new RecordedLog()), real::wasAsked);
  }

  @Test
  void everyLookupIsAnswered() throws Exception {
    assertEquals(20, answered(Map.of()));
  }

  @Test
  void aLookupOfTheProgramEndsTheWarmUp() throws Exception {
    real.lookup(Question.of("www.example", RecordType.A));

    assertEquals(0, answered(Map.of()));
  }

  /** With any settings, no name of the warm-up reaches the system resolver. */
  @ParameterizedTest
  @ValueSource(strings = {"+example", "warm-up.example"})
  void noWarmUpForNamesOfTheSystem(String suffixes) throws Exception {
    assertEquals(0, answered(Map.of("dotagent.system.suffixes", suffixes)));
  }
}
