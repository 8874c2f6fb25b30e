package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.MultipleFailuresError;

class ScenarioPartsTest {
  private static final List<String> EXPECTED =
      List.of("== first", "a", "== second", "b", "== second", "c");

  @Test
  void theSameIsTheSame() {
    ScenarioParts.assertSame(EXPECTED, List.copyOf(EXPECTED));
  }

  @Test
  void eachPartThatDiffersIsNamed() {
    List<String> said = List.of("== first", "other", "== second", "b", "== second", "other");
    MultipleFailuresError failure =
        assertThrows(MultipleFailuresError.class, () -> ScenarioParts.assertSame(EXPECTED, said));
    assertEquals(
        List.of(
            "== first ==> expected: <a\n> but was: <other\n>",
            "== second, again ==> expected: <c\n> but was: <other\n>"),
        failure.getFailures().stream().map(Throwable::getMessage).toList());
  }

  @Test
  void noPartIsMissedAndNoneIsAdded() {
    assertThrows(
        AssertionError.class, () -> ScenarioParts.assertSame(EXPECTED, EXPECTED.subList(0, 4)));
    assertThrows(
        AssertionError.class, () -> ScenarioParts.assertSame(EXPECTED.subList(0, 4), EXPECTED));
    assertThrows(
        AssertionError.class,
        () -> ScenarioParts.assertSame(List.of("== first", "a"), List.of("a", "== first")));
  }

  @Test
  void theOrderOfTheirPartsCounts() {
    assertThrows(
        AssertionError.class,
        () ->
            ScenarioParts.assertSame(
                List.of("== first", "== second"), List.of("== second", "== first")));
  }
}
