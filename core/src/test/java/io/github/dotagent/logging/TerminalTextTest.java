package io.github.dotagent.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
  @Test
  void lettersOfAnyLanguageStay() {
    assertEquals("Größe: 5 €, 日本", TerminalText.of("Größe: 5 €, 日本"));
    assertEquals("", TerminalText.of(""));
  }

  @Test
  void controlCharactersAreWrittenAsInAZoneFile() {
    assertEquals("a\\027[2J\\013\\010\\009b\\127", TerminalText.of("a\u001b[2J\r\n\tb\u007f"));
    assertEquals("\\194\\155", TerminalText.of("\u009b"), "C1: a terminal obeys these as well");
  }

  /** Trojan Source: text that shows itself in another order than it has. */
  @Test
  void whatTurnsTheDirectionOfWriting() {
    assertEquals("a\\226\\128\\174b", TerminalText.of("a\u202eb"));
  }
}
