package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a server's messages is the response to a query that a library sent there. */
class CleartextQueryTest {
  private static final int ID = 0x1267;
  private static final int QUERY = 0x0100; // RD
  private static final int RESPONSE = 0x8180; // QR, RD, RA
  private static final int UPDATE = 5 << 11;
  private static final int CHAOS = 3;
  private static final int A = 1;
  private static final int HTTPS = 65;
  private static final int TYPE_97 = 97; // HTTPS (65, 'A') with the case bit set
  private static final int AXFR = 252;

  private static final byte[] SENT = message(ID, QUERY, "db.internal", A, 1);

  @Test
  void theResponseIs() {
    assertTrue(answers(message(ID, RESPONSE, "db.internal", A, 1)));
  }

  @Test
  void inWhateverCase() {
    assertTrue(answers(message(ID, RESPONSE, "DB.Internal", A, 1)));
  }

  @Test
  void everyResponseCodeIsAnAnswer() {
    for (int rcode = 0; rcode < 16; rcode++) {
      assertTrue(answers(message(ID, RESPONSE | rcode, "db.internal", A, 1)), "rcode " + rcode);
    }
    assertTrue(answers(message(ID, RESPONSE | 0x0200, "db.internal", A, 1)), "TC");
  }

  @Test
  void withRecordsThatAreDamaged() {
    byte[] response = message(ID, RESPONSE, "db.internal", A, 1);
    response[7] = 3; // claims three answers; the message has none
    assertTrue(answers(response), "what the records hold is the library's to judge");
  }

  @Test
  void withRecords() {
    byte[] bare = message(ID, RESPONSE, "db.internal", A, 1);
    byte[] response = Arrays.copyOf(bare, bare.length + 16);
    Arrays.fill(response, bare.length, response.length, (byte) 7);
    assertTrue(answers(response));
  }

  /** More questions than one are of use between a library and a server of its own alone. */
  @Test
  void toTwoQuestions() {
    CleartextQuery query = CleartextQuery.of(two("a.example", "b.example", A).bytes());
    assertTrue(query.isAnsweredBy(two("A.example", "B.EXAMPLE", A).with(RawMessage.QR).bytes()));
    assertFalse(query.isAnsweredBy(two("a.example", "c.example", A).with(RawMessage.QR).bytes()));
    assertFalse(
        query.isAnsweredBy(two("a.example", "b.example", HTTPS).with(RawMessage.QR).bytes()));
  }

  private static RawMessage two(String first, String second, int type) {
    return new RawMessage().question(first, A, 1).question(second, type, 1).without(RawMessage.QR);
  }

  @Test
  void aMessageWithAnotherIdIsNoAnswer() {
    assertFalse(answers(message(ID + 1, RESPONSE, "db.internal", A, 1)));
    assertFalse(answers(message(ID ^ 0x8000, RESPONSE, "db.internal", A, 1)));
  }

  @Test
  void aMessageWithAnotherQuestionIsNoAnswer() {
    assertFalse(answers(message(ID, RESPONSE, "db.interna1", A, 1)), "name");
    assertFalse(answers(message(ID, RESPONSE, "internal", A, 1)), "a part of the name");
    assertFalse(answers(message(ID, RESPONSE, "db.internal", 28, 1)), "type");
    assertFalse(answers(message(ID, RESPONSE, "db.internal", A, CHAOS)), "class");
  }

  /** Names are compared in lower case; the octet of a type may be that of a letter. */
  @Test
  void aTypeHasNoCase() {
    CleartextQuery query = CleartextQuery.of(message(ID, QUERY, "db.internal", HTTPS, 1));
    assertTrue(query.isAnsweredBy(message(ID, RESPONSE, "db.internal", HTTPS, 1)));
    assertFalse(query.isAnsweredBy(message(ID, RESPONSE, "db.internal", TYPE_97, 1)));
  }

  @Test
  void theQueryThatComesBackIsNot() {
    assertFalse(answers(SENT));
  }

  @Test
  void aMessageWithTwoQuestionsIsNoAnswer() {
    byte[] one = message(ID, RESPONSE, "db.internal", A, 1);
    byte[] two = Arrays.copyOf(one, 2 * one.length - 12);
    System.arraycopy(one, 12, two, one.length, one.length - 12);
    two[5] = 2;
    assertFalse(answers(two));
  }

  @Test
  void aTruncatedMessageIsNoAnswer() {
    byte[] whole = message(ID, RESPONSE, "db.internal", A, 1);
    for (int length = 0; length < whole.length; length++) {
      assertFalse(answers(Arrays.copyOf(whole, length)), length + " octets");
    }
  }

  @Test
  void aHeaderAloneAnswersIfItHasAnError() {
    assertTrue(answers(header(ID, RESPONSE | 1)), "FORMERR");
    assertTrue(answers(header(ID, RESPONSE | 4)), "NOTIMP");
    assertFalse(answers(header(ID, RESPONSE)), "NOERROR");
    assertFalse(answers(header(ID + 1, RESPONSE | 1)), "of another id");
  }

  @Test
  void aHeaderAloneAnswersAnUpdate() {
    CleartextQuery update = CleartextQuery.of(message(ID, UPDATE, "internal", 6, 1));
    assertTrue(update.isAnsweredBy(header(ID, RESPONSE | UPDATE)));
    assertFalse(update.isAnsweredBy(header(ID + 1, RESPONSE | UPDATE)));
  }

  @Test
  void theLaterMessagesOfATransferMayLackTheQuestion() {
    CleartextQuery transfer = CleartextQuery.of(message(ID, 0, "internal", AXFR, 1));
    assertTrue(transfer.isTransfer());
    assertTrue(transfer.isAnsweredBy(message(ID, RESPONSE, "internal", AXFR, 1)));
    assertTrue(transfer.isAnsweredBy(header(ID, RESPONSE)));
    assertFalse(transfer.isAnsweredBy(header(ID + 1, RESPONSE)));
    assertFalse(CleartextQuery.of(SENT).isTransfer());
  }

  /** Another protocol, which the agent does not know. */
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "GET / HTTP/1.1 and more"})
  void anyDataAnswersAMessageThatIsNoQuery(String octets) {
    CleartextQuery other = CleartextQuery.of(octets.getBytes(StandardCharsets.US_ASCII));
    assertTrue(other.isAnsweredBy(new byte[] {1, 2, 3}));
    assertFalse(other.isTransfer());
  }

  private static boolean answers(byte[] response) {
    return CleartextQuery.of(SENT).isAnsweredBy(response);
  }

  private static byte[] header(int id, int flags) {
    byte[] header = new byte[12];
    header[0] = (byte) (id >> 8);
    header[1] = (byte) id;
    header[2] = (byte) (flags >> 8);
    header[3] = (byte) flags;
    return header;
  }

  private static byte[] message(int id, int flags, String name, int type, int dnsClass) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.writeBytes(header(id, flags));
    for (String label : name.split("\\.")) {
      octets.write(label.length());
      octets.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    octets.writeBytes(new byte[] {0, 0, (byte) type, 0, (byte) dnsClass});
    byte[] message = octets.toByteArray();
    message[5] = 1;
    return message;
  }
}
