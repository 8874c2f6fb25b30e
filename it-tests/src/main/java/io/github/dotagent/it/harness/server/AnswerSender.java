package io.github.dotagent.it.harness.server;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import io.github.dotagent.it.harness.zone.AnswerWriter;
import io.github.dotagent.it.harness.zone.ZoneAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** Sends one answer over one connection, right or with a fault. Thread-safe. */
final class AnswerSender {
  private static final int OTHER_ID = 0x5A5A; // any change of the id will do
  private static final int GARBAGE_OCTETS = 64;
  private static final byte GARBAGE = (byte) 0xEE; // counts no message could keep to

  private static final int LONGEST = 65_535; // the length has 16 bits
  private static final int FLOOD = 5_000; // no client asks so much without reading
  private static final int HEADER = 12; // RFC 1035 §4.1.1
  private static final int QUESTIONS = 5; // the low octet of their count

  private final FrameWriter frames;
  private final SSLSocket tls;
  private final Ending ending;
  private final Optional<Duration> keepalive;

  AnswerSender(FrameWriter frames, SSLSocket tls, Ending ending, Optional<Duration> keepalive) {
    this.frames = frames;
    this.tls = tls;
    this.ending = ending;
    this.keepalive = keepalive;
  }

  void send(DnsQuery query, ZoneAnswer answer, Optional<AnswerFault> fault) throws IOException {
    byte[] right = AnswerWriter.response(query, answer, keepalive);
    if (fault.isEmpty() || fault.get() instanceof AnswerFault.Delay) {
      frames.whole(right);
    } else if (fault.get() instanceof AnswerFault.Message given) {
      frames.whole(given.octets().apply(query));
    } else if (fault.get() instanceof AnswerFault.Kind kind) {
      spoil(kind, query, right);
    }
  }

  private void spoil(AnswerFault.Kind kind, DnsQuery query, byte[] right) throws IOException {
    switch (kind) {
      case HANG -> {}
      case CLOSE -> ending.close(tls);
      case RESET -> ending.reset();
      case WRONG_ID -> frames.whole(withId(right, query.id() ^ OTHER_ID));
      case WRONG_QUESTION -> frames.whole(toAnotherQuestion(query));
      case TRUNCATED_MESSAGE -> frames.whole(withinTheAnswer(query, right));
      case HALF_FRAME -> frames.half(right);
      case HALF_FRAME_THEN_CLOSE -> {
        frames.half(right);
        ending.close(tls);
      }
      case GARBAGE -> frames.whole(garbage(query));
      case EMPTY_FRAME -> frames.whole(new byte[0]);
      case NOT_A_RESPONSE -> frames.whole(withoutResponseBit(right));
      case ONE_OCTET_AT_A_TIME -> frames.octetByOctet(right);
      case TWICE -> {
        frames.whole(right);
        frames.whole(right);
      }
      case OVERSIZED_LENGTH -> frames.withLength(LONGEST, right);
      case TWO_QUESTIONS -> frames.whole(withTwoQuestions(query, right));
      case FLOOD -> {
        for (int i = 1; i <= FLOOD; i++) {
          frames.whole(withId(right, query.id() + i));
        }
        frames.whole(right);
      }
      case TRICKLE -> frames.slowly(right);
      default -> throw new AssertionError(kind);
    }
  }

  private static byte[] withId(byte[] message, int id) {
    byte[] other = message.clone();
    other[0] = (byte) (id >> 8);
    other[1] = (byte) id;
    return other;
  }

  private static byte[] withoutResponseBit(byte[] message) {
    byte[] other = message.clone();
    other[2] &= 0x7F; // QR is the flags' first bit, RFC 1035 §4.1.1
    return other;
  }

  /** No client would notice records that are missing behind the answer section. */
  private static byte[] withinTheAnswer(DnsQuery query, byte[] message) {
    int question = DnsNames.encode(query.name()).length + 2 * Short.BYTES; // type and class
    return Arrays.copyOf(message, HEADER + question + 2 * Short.BYTES);
  }

  private static byte[] withTwoQuestions(DnsQuery query, byte[] message) {
    int question = DnsNames.encode(query.name()).length + 2 * Short.BYTES; // type and class
    byte[] other = new byte[message.length + question];
    System.arraycopy(message, 0, other, 0, HEADER + question);
    System.arraycopy(message, HEADER, other, HEADER + question, message.length - HEADER);
    other[QUESTIONS] = 2;
    return other;
  }

  private static byte[] garbage(DnsQuery query) {
    byte[] octets = new byte[GARBAGE_OCTETS];
    Arrays.fill(octets, GARBAGE);
    return withId(octets, query.id());
  }

  private static byte[] toAnotherQuestion(DnsQuery query) {
    DnsQuery other =
        new DnsQuery(
            query.id(),
            query.flags(),
            "not-asked.invalid",
            query.type(),
            query.dnsClass(),
            query.edns(),
            query.octets());
    return AnswerWriter.response(
        other, ZoneAnswer.failure(ResponseCodes.NXDOMAIN), Optional.empty());
  }
}
