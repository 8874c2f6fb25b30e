package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in a message: how they are spelled, how long they may be, and which are the same. */
class MessageNamesTest {
  private static final int HEADER = 12;
  private static final int LONGEST = 255; // RFC 1035 §2.3.4

  /** A message whose first name is these octets, which a question's type and class follow. */
  private static ReceivedMessage of(byte[]... name) throws ResponseException {
    byte[] header = new byte[HEADER];
    header[5] = 1; // QDCOUNT
    return ReceivedMessage.of(join(header, join(name), new byte[4]));
  }

  private static byte[] label(String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    return join(new byte[] {(byte) octets.length}, octets);
  }

  private static byte[] root() {
    return new byte[1];
  }

  private static String spelled(String label) throws ResponseException {
    return of(label(label), root()).nameAsSent(HEADER);
  }

  /** RFC 1035 §5.1. */
  @Test
  void octetsThatAreNoLetters() throws Exception {
    for (int octet = 0; octet < 256; octet++) {
      boolean printed = octet > ' ' && octet < 0x7f;
      String letter = String.valueOf((char) octet);
      String expected =
          !printed
              ? String.format("\\%03d", octet)
              : "\"$().;@\\".contains(letter) ? "\\" + letter : letter;
      assertEquals("a" + expected + "b", spelled("a" + letter + "b"));
    }
  }

  @Test
  void theCaseIsKeptWhereItIsShown() throws Exception {
    ReceivedMessage message = of(label("WwW"), label("EXAMPLE"), root());
    assertEquals("WwW.EXAMPLE", message.nameAsSent(HEADER));
    assertEquals("www.example", message.name(HEADER));
    assertEquals("@[`{", of(label("@[`{"), root()).name(HEADER).replace("\\", ""));
  }

  @Test
  void theRoot() throws Exception {
    assertEquals(".", of(root()).name(HEADER));
    assertTrue(of(root()).isNamed(HEADER, "."));
    assertFalse(of(root()).isNamed(HEADER, "a"));
    assertFalse(of(label("a"), root()).isNamed(HEADER, "."));
  }

  @ParameterizedTest
  @CsvSource({
    "www.example,   true",
    "wwx.example,   false",
    "www.example.a, false",
    "www.exampl,    false",
    "www.exampld,   false",
    "www,           false",
    "www-example,   false",
    "wwwexample,    false",
    "xww.example,   false",
    "w,             false",
  })
  void whichIsTheSame(String name, boolean same) throws Exception {
    assertEquals(same, of(label("wWw"), label("Example"), root()).isNamed(HEADER, name));
  }

  /** A dot within a label is no dot between two. */
  @Test
  void anEscapedDot() throws Exception {
    ReceivedMessage message = of(label("www.example"), root());
    assertFalse(message.isNamed(HEADER, "www.example"));
    assertTrue(message.isNamed(HEADER, "www\\.example"));
    assertFalse(message.isNamed(HEADER, "www\\.exampl"));
  }

  /** The lengths of the labels count, and the octet of the root. */
  @ParameterizedTest
  @ValueSource(ints = {60, 61, 62})
  void theLongest(int last) throws Exception {
    byte[] three = join(label("a".repeat(63)), label("b".repeat(63)), label("c".repeat(63)));
    ReceivedMessage message = of(three, label("d".repeat(last)), root());
    int octets = 3 * 64 + 1 + last + 1;
    assertEquals(octets <= LONGEST, message.nameAsSent(HEADER) != null, octets + " octets");
    assertEquals(octets <= LONGEST, message.name(HEADER) != null);
  }

  @Test
  void pointersThatAreFollowed() throws Exception {
    byte[] twice = {(byte) 0xc0, HEADER + 2};
    ReceivedMessage message = of(twice, label("ab"), root());
    assertEquals("ab", message.name(HEADER));
    assertTrue(message.isNamed(HEADER, "ab"));
    assertFalse(message.isNamed(HEADER, "abc"));
  }

  /** As many as a name has labels; one more goes in a circle. */
  @ParameterizedTest
  @ValueSource(ints = {126, 127, 128})
  void manyPointers(int pointers) throws Exception {
    byte[] chain = new byte[2 * pointers];
    for (int i = 0; i < pointers; i++) {
      int next = HEADER + 2 * (i + 1);
      chain[2 * i] = (byte) (0xc0 | next >> 8);
      chain[2 * i + 1] = (byte) next;
    }
    ReceivedMessage message = of(chain, label("ab"), root());
    boolean followed = pointers <= 127;
    assertEquals(followed ? "ab" : null, message.name(HEADER));
    assertEquals(followed, message.isNamed(HEADER, "ab"));
  }

  @Test
  void thatEndWithTheMessage() throws Exception {
    byte[] pointer = {(byte) 0xc0, HEADER + 2};
    ReceivedMessage label =
        ReceivedMessage.of(join(questions(1), pointer, new byte[4], label("abc")));
    int begin = HEADER + 2 + 4;
    assertNull(label.name(begin), "no root behind it");
    assertFalse(label.isNamed(begin, "abc"));
    assertNull(label.name(begin + 4), "nothing at all");
    assertFalse(label.isNamed(begin + 4, "."));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x40, 0x80})
  void labelsOfAnotherKind(int kind) throws Exception {
    byte[] pointer = {(byte) 0xc0, HEADER};
    byte[] odd = {(byte) kind, 0, 0, 0};
    ReceivedMessage message = ReceivedMessage.of(join(questions(1), pointer, new byte[4], odd));
    assertNull(message.name(HEADER + 6));
    assertFalse(message.isNamed(HEADER + 6, "."));
    assertEquals(-1, message.endOfName(HEADER + 6));
  }

  private static byte[] questions(int count) {
    byte[] header = new byte[HEADER];
    header[5] = (byte) count;
    return header;
  }
}
