package io.github.dotagent.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
  @Test
  void lettersOfAnyLanguageStay() {
    for (String text :
        new String[] {
          "Größe: 5 €, 日本", "", "emoji \ud83d\ude00", "\u05d0 \u0639", "نامه\u200cای"
        }) {
      assertSame(text, TerminalText.of(text));
    }
  }

  @Test
  void controlCharactersAreWrittenAsInAZoneFile() {
    assertEquals("a\\027[2J\\013\\010\\009b\\127", TerminalText.of("a\u001b[2J\r\n\tb\u007f"));
    assertEquals("\\194\\155", TerminalText.of("\u009b"), "C1: a terminal obeys these as well");
  }

  /** Trojan Source: text whose display order differs from its order. */
  @Test
  void marksOfWritingDirectionAreEscaped() {
    assertEquals("a\\226\\128\\174b", TerminalText.of("a\u202eb"));
  }

  /** Also those that the Unicode of Java 8 does not know: on every Java it is the number. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        7,
        8,
        9,
        0xa,
        0xd,
        0x1b,
        0x7f,
        0x80,
        0x85,
        0x9b,
        0x9f, // C0, DEL, C1
        0x2028,
        0x2029, // line and paragraph
        0x200e,
        0x200f,
        0x061c,
        0x202a,
        0x202b,
        0x202c,
        0x202d,
        0x202e, // direction
        0x2066,
        0x2067,
        0x2068,
        0x2069, // isolates, Unicode 6.3
        0x00ad,
        0x200b,
        0x2060,
        0x2065,
        0xfeff, // not seen
        0xe0000,
        0xe0001,
        0xe0041,
        0xe007f // tags
      })
  void noneOfThese(int character) {
    String safe = TerminalText.of("a" + Character.toString(character) + "b");
    assertEquals("a\\", safe.substring(0, 2));
    assertEquals("b", safe.replaceAll("a|\\\\\\d{3}", ""));
  }

  @Test
  void halfACharacter() {
    assertEquals("a\\063b", TerminalText.of("a\ud83db"));
    assertEquals("\\063", TerminalText.of("\udc00"));
  }

  @Test
  void longTextIsShortened() {
    assertEquals("abc", TerminalText.of("abc", 3));
    assertEquals("ab\\010...", TerminalText.of("ab\ncd", 3));
  }
}
