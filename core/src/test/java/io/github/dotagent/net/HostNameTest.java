package io.github.dotagent.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostNameTest {
  private static final String CHARACTER = "it has a character that is not allowed in a host name";
  private static final String EMPTY = "it has an empty label";
  private static final String LABEL = "it has a label longer than 63 characters";
  private static final String LONG = "it is longer than 253 characters";
  private static final String IDN = "it has no ASCII form (RFC 5891)";

  private static String refusal(String name) {
    return assertThrows(UnknownHostException.class, () -> HostName.of(name)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.com, www.example.com",
    "WWW.Example.COM, www.example.com",
    "www.example.com., www.example.com",
    "a, a",
    "1.2.3, 1.2.3",
    "-a-.b_c.example, -a-.b_c.example",
    "azAZ09.a.z.A.Z.0.9, azaz09.a.z.a.z.0.9",
    "bücher.example, xn--bcher-kva.example",
    "BÜCHER.example., xn--bcher-kva.example",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "例え.テスト, xn--r8jz45g.xn--zckzah",
    "例え。テスト, xn--r8jz45g.xn--zckzah",
    "ｗｗｗ.example, www.example"
  })
  void asItIsAskedFor(String name, String expected) throws UnknownHostException {
    assertEquals(expected, HostName.of(name).toString());
  }

  /**
   * Both conversions agree about these. "xn--" and the rest is what Python's idna 3.13 makes of
   * them by UTS #46, without transitional processing.
   */
  @ParameterizedTest
  @CsvSource({
    "ΒΌΛΟΣ.example, xn--nxasmq6b.example",
    "İstanbul.example, xn--istanbul-o0e.example",
    "ısı.example, xn--s-ekab.example",
    "❤\uFE0F.example, xn--qei.example",
    "so\u00ADft.example, soft.example",
    "BÜCHER.Example.ORG, xn--bcher-kva.example.org",
    "ﬁrma.example, firma.example",
    "Ω.example, xn--bya.example",
  })
  void whereBothConversionsAgree(String name, String expected) throws UnknownHostException {
    assertEquals(expected, HostName.of(name).toString());
  }

  /** The JDK alone would make each of these another name, and not the one that is registered. */
  @ParameterizedTest
  @CsvSource({
    "faß.example, about its character U+00DF",
    "FAß.example, about its character U+00DF",
    "βόλος.example, about its character U+03C2",
    "نامه\u200Cای.example, about its character U+200C",
    "ශ්\u200Dරී.example, about its character U+200D",
    "FAẞ.example, about it",
    "a\u2024b.example, about its character U+2024",
    "⒈example, about its character U+2488",
    "Ⴀ.example, about it",
    "ᲀ.example, about its character U+1C80",
    "ꭰ.example, about its character U+AB70",
    "a\u1806b.example, about its character U+1806",
    "aㅤb.example, about its character U+3164",
    "a\u2064b.example, about its character U+2064",
  })
  void aNameIsRefusedIfTheConversionsDiffer(String name, String about) {
    assertEquals(
        name.replace("\u2064", "\\226\\129\\164") // otherwise invisible in a message
            + ": not a host name, IDNA 2003 and 2008 differ "
            + about
            + "; write the name in its xn-- form",
        refusal(name));
  }

  @Test
  void aCharacterThatThisJavaDoesNotKnow() {
    String name = new String(Character.toChars(0x1ffff - 0x10)) + ".example";
    assertTrue(
        refusal(name).contains("this Java does not know its character U+1FFEF"), refusal(name));
  }

  /** Programs pass on what they are sent; a lookup must not cost seconds. */
  @Test
  void aNameOfManyMegabytes() {
    assertTrue(refusal("\u00fc".repeat(20_000_000)).endsWith(IDN));
  }

  /** Its dot is a mark as well, and another mark, which IDNA 2003 does not know, stands before. */
  @Test
  void aCapitalIWithDotAndAnotherMark() throws Exception {
    assertTrue(refusal("\u0130\u05c7.example").contains("IDNA 2003 and 2008 differ about it;"));
    assertEquals("xn--i-9bb.example", HostName.of("\u0130.example").toString());
  }

  /** A mark behind one that is ignored: put in order or not, the names differ. */
  @Test
  void marksBehindAnIgnoredCharacter() {
    assertTrue(
        refusal("x\u0303\u034f\u0353.example").contains("IDNA 2003 and 2008 differ about it;"));
  }

  @Test
  void lowerCaseIsThatOfDnsWhateverTheLocale() throws UnknownHostException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertEquals("mail.example", HostName.of("MAIL.EXAMPLE").toString());
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 62, 63, 64})
  void aLabelHas63CharactersAtMost(int length) throws UnknownHostException {
    String name = "a".repeat(length) + ".example";
    if (length <= 63) {
      assertEquals(name, HostName.of(name).toString());
    } else {
      assertEquals(name + ": not a host name, " + LABEL, refusal(name));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {252, 253, 254, 255})
  void aNameHas253CharactersAtMostWithoutTheDotAtItsEnd(int length) throws UnknownHostException {
    String name = "abcdefghi.".repeat(30).substring(0, length - 1) + "z";
    if (length <= 253) {
      assertEquals(name, HostName.of(name + ".").toString());
    } else {
      assertEquals(name + ": not a host name, " + LONG, refusal(name));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', " + EMPTY,
    "., " + EMPTY,
    ".., " + EMPTY,
    ".a, " + EMPTY,
    "a..b, " + EMPTY,
    "a.., " + EMPTY,
    "'a b', " + CHARACTER,
    "' a', " + CHARACTER,
    "'a ', " + CHARACTER,
    "*.a, " + CHARACTER,
    "a/b, " + CHARACTER,
    "a\\b, " + CHARACTER,
    "a:1, " + CHARACTER,
    "a@b, " + CHARACTER,
    "a[b, " + CHARACTER,
    "a`b, " + CHARACTER,
    "a{b, " + CHARACTER,
    "ä b.example, " + CHARACTER,
    "xn--ä.example, " + IDN,
    "ä..example, " + IDN
  })
  void refusedWithItsReason(String name, String reason) {
    assertEquals(name + ": not a host name, " + reason, refusal(name));
  }

  @Test
  void aMessageIsOneLineWhateverTheNameHolds() {
    assertEquals(
        "a\\000b\\010c\\027.example: not a host name, " + CHARACTER,
        refusal("a\0b\nc\u001b.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.", "ä", "例"})
  void aVeryLongNameIsRefusedInAShortMessage(String repeated) {
    String name = repeated.repeat(10_000);
    String message = refusal(name);
    assertTrue(message.startsWith(name.substring(0, 300) + "...: not a host name, "), message);
    assertTrue(message.length() < 400, message);
  }

  @Test
  void aNameOf300CharactersIsShownInFull() {
    String name = "a".repeat(300);
    assertEquals(name + ": not a host name, " + LONG, refusal(name));
  }

  /** Every name becomes one that can be sent, or an UnknownHostException and nothing else. */
  @Test
  void whateverTheCharacters() {
    Random random = new Random(4);
    int[] bounds = {0x80, 0x500, 0x3100, 0x10000};
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(12); length >= 0; length--) {
        int bound = bounds[random.nextInt(bounds.length)];
        name.append(random.nextInt(5) == 0 ? '.' : (char) random.nextInt(bound));
      }
      try {
        String sent = HostName.of(name.toString()).toString();
        assertTrue(sent.matches("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*"), sent);
        accepted++;
      } catch (UnknownHostException refused) {
        assertTrue(refused.getMessage().contains(": not a host name, "), refused.getMessage());
      }
    }
    assertTrue(accepted > 100, accepted + " names were accepted");
  }

  @ParameterizedTest
  @CsvSource({
    "local, local, true",
    "a.local, local, true",
    "a.b.local, local, true",
    "alocal, local, false",
    "local.a, local, false",
    "a.b.c, b.c, true",
    "ab.c, b.c, false",
    "c, b.c, false"
  })
  void inADomain(String name, String domain, boolean expected) throws UnknownHostException {
    assertEquals(
        expected, HostName.of(name).longestOf(new DomainTable<>(Map.of(domain, 1))) != null);
  }

  @ParameterizedTest
  @CsvSource({"a, true", "a., true", "a.b, false"})
  void oneLabel(String name, boolean expected) throws UnknownHostException {
    assertEquals(expected, HostName.of(name).hasOneLabel());
  }

  @ParameterizedTest
  @CsvSource({
    "example.com,     example.com, true",
    "www.example.com, example.com, true",
    "a.b.example.com, example.com, true",
    "com,             com,         true",
    "myexample.com,   example.com, false",
    "example.com,     www.example.com, false",
    "xample.com,      example.com, false",
    "example.org,     example.com, false",
    "example.com.org, example.com, false",
    "www.example,     example.com, false"
  })
  void aNameIsWithinItsDomainAndThoseAbove(String name, String domain, boolean within) {
    assertEquals(within, HostName.isWithin(name, domain));
  }
}
