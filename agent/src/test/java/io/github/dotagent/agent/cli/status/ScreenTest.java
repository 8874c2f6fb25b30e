package io.github.dotagent.agent.cli.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter text = new StringWriter();

  @Test
  void oneBelowTheOther() {
    show(false);
    assertEquals("one\n\ntwo\n", text.toString().replace(System.lineSeparator(), "\n"));
  }

  /** Redrawn without being cleared first, which would flicker. */
  @Test
  void inPlaceOnATerminal() {
    show(true);
    assertEquals(
        "\u001b[Hone\u001b[K\n\u001b[J\u001b[Htwo\u001b[K\n\u001b[J",
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  private void show(boolean terminal) {
    Screen screen = new Screen(new PrintWriter(text), terminal);
    screen.show(List.of("one"));
    screen.show(List.of("two"));
  }
}
