package io.github.dotagent.agent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmNameCacheTest {
  @ParameterizedTest
  @ValueSource(strings = {"www.example.com", "WWW.example.com", "www.example.com."})
  void aNameIsForgottenInEverySpelling(String name) {
    Map<String, String> entries = new ConcurrentHashMap<>();
    for (String host :
        List.of("www.example.com", "Www.Example.com", "www.example.com.", "ww.example.com")) {
      entries.put(host, "addresses");
    }
    JvmNameCache.remove(entries, name);
    assertEquals(Set.of("ww.example.com"), entries.keySet());
  }
}
