package io.github.dotagent.it.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoOutputTest {
  @Test
  void plainItHasNoEscapeSequence() {
    assertEquals("\n== A title\n     said\nok   held\nFAIL not held\n", printed(false));
  }

  @Test
  void coloredEachLineEndsAsItBegan() {
    assertEquals(
        """

        <1m>== A title<0m>
        <2m>     said<0m>
        <32m>ok   <0m>held
        <1;31m>FAIL <0m>not held
        """
            .replace("<", "\u001b[")
            .replace(">", ""),
        printed(true));
  }

  private static String printed(boolean colored) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    DemoOutput output =
        new DemoOutput(new PrintStream(octets, true, StandardCharsets.UTF_8), colored);
    output.title("A title");
    output.line("said");
    output.check(true, "held");
    output.check(false, "not held");
    assertEquals(1, output.exitCode());
    return octets.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
