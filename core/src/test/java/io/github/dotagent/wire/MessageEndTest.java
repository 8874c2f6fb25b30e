package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.IN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read up to the last octet of a message, and never behind it. */
class MessageEndTest {
  private static final String NAME = "a.example";

  /** A response whose last octets are those of an address, of which any part can be pointed to. */
  private static ReceivedMessage endingIn(int... address) throws ResponseException {
    return ReceivedMessage.of(
        new RawMessage().question(NAME, A, IN).answer(NAME, A, 60, Decoded.ip(address)).bytes());
  }

  private static int end(ReceivedMessage message) {
    return message.data(0) + 4;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aQuestionWithoutTheEndOfItsTypeAndClass(int missing) {
    byte[] whole = new RawMessage().question(NAME, A, IN).bytes();
    byte[] cut = Arrays.copyOf(whole, whole.length - missing);
    assertThrows(ResponseException.class, () -> ReceivedMessage.of(cut));
    assertThrows(ResponseException.class, () -> ReceivedMessage.ofQuery(cut));
  }

  @Test
  void aPointerIsTwoOctets() throws Exception {
    ReceivedMessage message = endingIn(1, 1, 0xc0, 12);
    int pointer = end(message) - 2;
    assertEquals(pointer + 2, message.endOfName(pointer));
    assertEquals(NAME, message.nameAsSent(pointer));
    assertTrue(message.isNamed(pointer, NAME));

    ReceivedMessage half = endingIn(1, 1, 1, 0xc0);
    int last = end(half) - 1;
    assertEquals(-1, half.endOfName(last));
    assertNull(half.nameAsSent(last));
    assertFalse(half.isNamed(last, NAME));
  }

  @Test
  void aLabelThatEndsWithTheMessageHasNoRoot() throws Exception {
    ReceivedMessage message = endingIn(1, 1, 1, 'a');
    int label = end(message) - 2;
    assertEquals(-1, message.endOfName(label));
    assertNull(message.nameAsSent(label));
    assertFalse(message.isNamed(label, "a"));
  }

  @Test
  void aLabelThatIsLongerThanTheMessage() throws Exception {
    ReceivedMessage message = endingIn(1, 1, 1, 1);
    int last = end(message) - 1;
    assertEquals(-1, message.endOfName(last));
    assertNull(message.nameAsSent(last));
    assertFalse(message.isNamed(last, "a"));
  }

  @Test
  void theRootAsTheLastOctet() throws Exception {
    ReceivedMessage message = endingIn(1, 1, 'b', 0);
    int label = end(message) - 3;
    assertEquals(end(message), message.endOfName(label));
    assertEquals("b", message.nameAsSent(label));
    assertTrue(message.isNamed(label, "b"));
  }

  /** Of octets that stand as three digits (RFC 1035 §5.1). */
  @ParameterizedTest
  @ValueSource(ints = {0, ' ', 0x7f, 0xff})
  void aNameWithOctetsThatAreNoLetters(int octet) throws Exception {
    byte[] message = new RawMessage().question("a" + (char) octet + "B.example", A, IN).bytes();
    String spelled = String.format("a\\%03db.example", octet);
    assertTrue(ReceivedMessage.of(message).isNamed(12, spelled));
    assertFalse(ReceivedMessage.of(message).isNamed(12, "ab.example"));
  }

  @Test
  void lettersInAnyCase() throws Exception {
    byte[] message = new RawMessage().question("AaZz.MmQ", A, IN).bytes();
    assertTrue(ReceivedMessage.of(message).isNamed(12, "aazz.mmq"));
    assertEquals("aazz.mmq", ReceivedMessage.of(message).name(12));
    assertFalse(ReceivedMessage.of(message).isNamed(12, "aazz.mm"));
    assertFalse(ReceivedMessage.of(message).isNamed(12, "aazz.mmqq"));
    assertFalse(ReceivedMessage.of(message).isNamed(12, "aazz"));
  }
}
