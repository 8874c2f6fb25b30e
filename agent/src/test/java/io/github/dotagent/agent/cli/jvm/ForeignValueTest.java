package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignValueTest {
  @Test
  void valuesOfTheExpectedTypesAreRead() {
    assertEquals("Größe", ForeignValue.text("Größe"));
    assertEquals(List.of("a", ""), ForeignValue.lines(new String[] {"a", ""}));
    assertEquals(5L, ForeignValue.count(5));
    assertEquals(5L, ForeignValue.count(5L));
    assertEquals(0.5, ForeignValue.measure(0.5));
  }

  @Test
  void emptyAndImpossibleValuesBecomeNull() {
    assertNull(ForeignValue.text(""));
    assertNull(ForeignValue.text(null));
    assertNull(ForeignValue.lines(null));
    assertNull(ForeignValue.count(null));
    assertNull(ForeignValue.measure(null));
    assertNull(ForeignValue.measure(Double.NaN));
    assertNull(ForeignValue.measure(-1.0));
    assertNull(ForeignValue.measure(Double.POSITIVE_INFINITY), "no JSON has it");
  }

  @Test
  void valuesOfOtherTypesBecomeNull() {
    assertNull(ForeignValue.text(5));
    assertNull(ForeignValue.text(new String[] {"a"}));
    assertNull(ForeignValue.lines("a"));
    assertNull(ForeignValue.lines(List.of("a")));
    assertNull(ForeignValue.lines(new Object[] {"a"}));
    assertNull(ForeignValue.count("5"));
    assertNull(ForeignValue.count(5.0));
    assertNull(ForeignValue.measure(5));
  }

  @Test
  void controlCharactersAreEscapedInEachLine() {
    assertEquals("\\027[2J\\013\\010x", ForeignValue.text("\u001b[2J\r\nx"));
    assertEquals(
        List.of("a\\010b", "\\226\\128\\174"),
        ForeignValue.lines(new String[] {"a\nb", null, "\u202e"}));
  }

  @Test
  void longValuesAreShortened() {
    assertEquals(4_003, ForeignValue.text("x".repeat(10_000_000)).length());
    String[] many = Collections.nCopies(1_000_000, "x").toArray(new String[0]);
    assertEquals(1_000, ForeignValue.lines(many).size());
  }
}
