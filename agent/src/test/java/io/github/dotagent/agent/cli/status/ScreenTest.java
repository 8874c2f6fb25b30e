package io.github.dotagent.agent.cli.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter text = new StringWriter();

  @Test
  void withoutATerminalScreensFollowEachOther() {
    showTwo(null);
    assertEquals("one\n\ntwo\n", shown());
  }

  /** Redrawn without being cleared first, which would flicker. */
  @Test
  void aTerminalIsRedrawnInPlace() {
    showTwo(() -> TerminalSize.UNKNOWN);
    assertEquals("\u001b[Hone\u001b[K\n\u001b[J\u001b[Htwo\u001b[K\n\u001b[J", shown());
  }

  private void showTwo(Supplier<TerminalSize> size) {
    Screen screen = new Screen(new PrintWriter(text), size);
    screen.show(List.of("one"));
    screen.show(List.of("two"));
  }

  private String shown() {
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  /** A line below the last row would move the first ones out of sight. */
  @Test
  void linesBeyondTheLastRowAreCounted() {
    assertEquals(List.of("a", "b", "c"), fitting(4, 80, "a", "b", "c"));
    assertEquals(List.of("a", "b", "(2 lines do not fit)"), fitting(4, 80, "a", "b", "c", "d"));
    assertEquals(List.of("(3 lines do not fit)"), fitting(2, 80, "a", "b", "c"));
    assertEquals(List.of("(3 lines do not fit)"), fitting(1, 80, "a", "b", "c"));
  }

  /** In a narrow terminal a line takes more than one row; its colours take no room. */
  @Test
  void aLongLineTakesSeveralRows() {
    String red = "\u001b[31m12345\u001b[m";
    assertEquals(List.of(red, "b", "c"), fitting(4, 5, red, "b", "c"));
    assertEquals(List.of("a", "(2 lines do not fit)"), fitting(4, 5, "a", "123456", "c"));
  }

  /** Each look asks anew: the user has drawn the window larger. */
  @Test
  void aLargerTerminalShowsMoreLines() {
    AtomicInteger rows = new AtomicInteger(2);
    Screen screen = new Screen(new PrintWriter(text), () -> new TerminalSize(rows.get(), 80));
    screen.show(List.of("a", "b"));
    assertTrue(shown().contains("(2 lines do not fit)"), shown());
    rows.set(3);
    screen.show(List.of("a", "b"));
    assertTrue(shown().endsWith("a\u001b[K\nb\u001b[K\n\u001b[J"), shown());
  }

  @Test
  void readsTheSizeThatSttyPrints() {
    assertEquals(24, TerminalSize.parse("24 80").rows());
    assertEquals(80, TerminalSize.parse("24 80").columns());
    for (String none : Arrays.asList("0 0", "stty: stdin isn't a terminal", "", null)) {
      assertSame(TerminalSize.UNKNOWN, TerminalSize.parse(none));
    }
  }

  /** Without the control sequences of the screen. */
  private static List<String> fitting(int rows, int columns, String... lines) {
    StringWriter text = new StringWriter();
    new Screen(new PrintWriter(text), () -> new TerminalSize(rows, columns)).show(List.of(lines));
    return text.toString()
        .replace("\u001b[H", "")
        .replace("\u001b[J", "")
        .replace("\u001b[K", "")
        .lines()
        .toList();
  }
}
