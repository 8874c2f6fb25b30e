package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.util.Arrays;

/**
 * Writes a query and reads its response once, without a server. This loads the classes while the
 * first connection is being made, so that the first lookup need not wait for them.
 */
public final class ClassWarmup {
  private static final int FLAGS = 2; // RFC 1035 §4.1.1: of the header, as the next
  private static final int LAST_OF_ANSWERS = 7;
  private static final int QR = 0x80;

  /** Of the question's name (RFC 1035 §4.1.4), never cached, RFC 5737: for documentation. */
  private static final byte[] ADDRESS = {
    (byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, (byte) 192, 0, 2, 1
  };

  private ClassWarmup() {}

  /**
   * Sends nothing.
   *
   * @throws IllegalStateException when the written message cannot be read
   */
  public static void run() {
    Question question = Question.of("warm-up.invalid", RecordType.A);
    byte[] query = QueryEncoder.encode(question);
    int answer = QueryEncoder.encodeWithoutEdns(question).length;
    byte[] response = Arrays.copyOf(query, query.length + ADDRESS.length);
    response[FLAGS] |= (byte) QR; // without the cast JDK 21 and later warn
    response[LAST_OF_ANSWERS] = 1;
    System.arraycopy(ADDRESS, 0, response, answer, ADDRESS.length);
    System.arraycopy(query, answer, response, answer + ADDRESS.length, query.length - answer);
    try {
      ResponseDecoder.decode(question, response, "warm-up");
    } catch (ResponseException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
