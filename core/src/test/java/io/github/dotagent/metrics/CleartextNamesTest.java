package io.github.dotagent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleartextNamesTest {
  private final CleartextNames names = new CleartextNames();

  @ParameterizedTest
  @CsvSource({
    "db.eu.corp.example, corp.example",
    "db.corp.example, corp.example",
    "DB.Corp.Example., corp.example",
    "corp.example, example",
    "corp.example., example",
    "printer, (one label)",
    "printer., (one label)",
    "'', (one label)",
    "., (one label)",
    "'no host', (no host name)",
  })
  void neverTheWholeName(String name, String suffix) {
    assertEquals(suffix, CleartextNames.suffixOf(name));
  }

  @Test
  void emptyAtStart() {
    assertEquals(0, names.count());
    assertEquals(List.of(), names.texts());
  }

  @Test
  void theMostFrequentFirst() {
    names.add("b.corp.example");
    names.add("printer");
    names.add("a.corp.example");
    names.add("www.a.example");
    assertEquals(4, names.count());
    assertEquals(List.of("corp.example: 2", "(one label): 1", "a.example: 1"), names.texts());
  }

  @Test
  void aThousandSuffixesAreSixtyFourAndOthers() {
    for (int i = 0; i < 1_000; i++) {
      names.add("www.a" + i + ".example");
    }
    assertEquals(1_000, names.count());
    assertEquals(65, names.texts().size());
    assertTrue(names.texts().contains("(others): 936"), names.texts().toString());
  }
}
