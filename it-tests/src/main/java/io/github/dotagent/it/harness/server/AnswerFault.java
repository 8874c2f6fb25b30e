package io.github.dotagent.it.harness.server;

import io.github.dotagent.it.harness.wire.DnsQuery;
import java.time.Duration;
import java.util.function.Function;

/** A fault in one answer, over a good TLS connection. */
public sealed interface AnswerFault {

  /** The faults that need no more said. */
  enum Kind implements AnswerFault {
    /** No answer, the connection stays open. */
    HANG,
    /** The connection is closed in TLS's order instead of an answer. */
    CLOSE,
    /** The connection is reset (RST) instead of an answer. */
    RESET,
    /** The right answer under another id. */
    WRONG_ID,
    /** An answer to another question, under the right id. */
    WRONG_QUESTION,
    /** A whole frame that ends within the first record. */
    TRUNCATED_MESSAGE,
    /** The length prefix and half of the answer, then nothing; the connection stays open. */
    HALF_FRAME,
    /** The length prefix and half of the answer, then the connection is closed. */
    HALF_FRAME_THEN_CLOSE,
    /** A whole frame of octets that are no DNS message; the first two are the right id. */
    GARBAGE,
    /** A frame of length 0. */
    EMPTY_FRAME,
    /** The right answer with the QR bit unset: a query, by its flags. */
    NOT_A_RESPONSE,
    /** The right answer, each octet in a TLS record of its own. */
    ONE_OCTET_AT_A_TIME,
    /** The right answer twice. */
    TWICE,
    /** The length of the longest message there is, the right answer, then nothing. */
    OVERSIZED_LENGTH,
    /** The right answer with a second question (RFC 9619 forbids it). */
    TWO_QUESTIONS,
    /** Thousands of responses that match no query, then the right one. */
    FLOOD,
    /** The right answer, an octet a second. */
    TRICKLE
  }

  /** The right answer, later; answers to later questions overtake it. */
  record Delay(Duration time) implements AnswerFault {}

  /** Any octets at all, framed; an {@code AnswerWriter} helps to begin from a good message. */
  record Message(Function<DnsQuery, byte[]> octets) implements AnswerFault {}
}
