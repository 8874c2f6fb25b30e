package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;

/**
 * Writes a query and reads a response once, with nobody at the other end. The classes that takes
 * are then loaded while the first connection is being made, and the first lookup need not wait for
 * them.
 */
public final class Rehearsal {
  /** A whole response with the address 192.0.2.1 (RFC 5737: nobody's), in the style of RFC 1035. */
  private static final byte[] RESPONSE = {
    0,
    0,
    (byte) 0x81,
    (byte) 0x80,
    0,
    1,
    0,
    1,
    0,
    0,
    0,
    0, // one question, one answer
    1,
    'a',
    7,
    'i',
    'n',
    'v',
    'a',
    'l',
    'i',
    'd',
    0,
    0,
    1,
    0,
    1, // a.invalid A IN
    (byte) 0xc0,
    12,
    0,
    1,
    0,
    1,
    0,
    0,
    0,
    1,
    0,
    4,
    (byte) 192,
    0,
    2,
    1 // lives for a second
  };

  private Rehearsal() {}

  /**
   * Sends nothing.
   *
   * @throws IllegalStateException when what was written cannot be read
   */
  public static void run() {
    Question question = Question.of("a.invalid", RecordType.A);
    QueryEncoder.encode(question);
    try {
      ResponseDecoder.decode(question, RESPONSE, "nobody");
    } catch (ResponseException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
