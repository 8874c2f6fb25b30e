package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.REVERSE;
import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.Decoded.WWW_AAAA;
import static io.github.dotagent.wire.Decoded.ip;
import static io.github.dotagent.wire.Decoded.ipv6;
import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.AAAA;
import static io.github.dotagent.wire.RawMessage.CNAME;
import static io.github.dotagent.wire.RawMessage.PTR;
import static io.github.dotagent.wire.RawMessage.name;
import static io.github.dotagent.wire.RawMessage.u16;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Octets that a broken or hostile server might send: each ends in an answer or in a {@link
 * ResponseException}, and soon. The seeds are fixed, so a message that fails once fails always.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GarbageTest {
  private static final int MESSAGES = 20_000;
  private static final int LONGEST_RANDOM = 600;

  private static final List<Question> QUESTIONS = List.of(WWW_A, WWW_AAAA, REVERSE);

  private int answers;
  private int refusals;

  @Test
  void randomOctets() {
    Random random = new Random(1);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] octets = new byte[random.nextInt(LONGEST_RANDOM)];
      random.nextBytes(octets);
      decode(QUESTIONS.get(i % QUESTIONS.size()), octets);
    }
    assertEquals(MESSAGES, refusals, "no random message is an answer to our question");
  }

  @Test
  void randomOctetsAfterTheRightHeaderAndQuestion() {
    Random random = new Random(2);
    for (int i = 0; i < MESSAGES; i++) {
      Question question = QUESTIONS.get(i % QUESTIONS.size());
      byte[] start = RawMessage.to(question).bytes();
      start[7] = (byte) random.nextInt(4); // answers
      start[9] = (byte) random.nextInt(2); // authority
      start[11] = (byte) random.nextInt(2); // additional
      byte[] octets = new byte[random.nextInt(LONGEST_RANDOM)];
      random.nextBytes(octets);
      decode(question, RawMessage.join(start, octets));
    }
    assertEquals(MESSAGES, answers + refusals);
    assertTrue(answers > 0 && refusals > 0, answers + " answers, " + refusals + " refusals");
  }

  @Test
  void validMessagesWithRandomChanges() {
    Random random = new Random(3);
    for (int i = 0; i < MESSAGES; i++) {
      Question question = QUESTIONS.get(i % QUESTIONS.size());
      byte[] octets = good(question);
      for (int change = random.nextInt(8); change >= 0; change--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length;
      decode(question, Arrays.copyOf(octets, length));
    }
    assertEquals(MESSAGES, answers + refusals);
    // the test would prove little if hardly a message came through the parser
    assertTrue(answers > MESSAGES / 20, answers + " answers, " + refusals + " refusals");
    assertTrue(refusals > MESSAGES / 20, answers + " answers, " + refusals + " refusals");
  }

  /** A compression pointer that points at itself or forward must not be followed for ever. */
  @Test
  void compressionPointersEverywhere() {
    for (Question question : QUESTIONS) {
      byte[] whole = good(question);
      for (int at = 12; at < whole.length - 1; at++) {
        for (int target = 0; target < whole.length; target++) {
          byte[] octets = whole.clone();
          System.arraycopy(u16(0xc000 | target), 0, octets, at, 2);
          decode(question, octets);
        }
      }
    }
    assertTrue(answers > 0 && refusals > 0, answers + " answers, " + refusals + " refusals");
  }

  private static byte[] good(Question question) {
    return RawMessage.to(question)
        .answer(question.name(), CNAME, 300, name("a.example.net"))
        .answer("a.example.net", A, 300, ip(192, 0, 2, 1))
        .answer("a.example.net", AAAA, 300, ipv6(1))
        .answer("a.example.net", PTR, 300, name("host.example.net"))
        .soa("example.com", 900, 600)
        .option(15, u16(22))
        .bytes();
  }

  private void decode(Question question, byte[] octets) {
    try {
      Answer answer = ResponseDecoder.decode(question, octets, Decoded.SERVER).answer();
      answers++;
      boolean records = answer.outcome() == Answer.Outcome.RECORDS;
      boolean none = answer.addresses().isEmpty() && answer.names().isEmpty();
      assertEquals(records, !none, "an answer has records, and nothing else has");
      assertFalse(answer.ttlSeconds() < 0 || answer.ttlSeconds() > Integer.MAX_VALUE);
    } catch (ResponseException refused) {
      refusals++;
    } catch (RuntimeException | Error broken) {
      fail(question + ": " + HexFormat.of().formatHex(octets), broken);
    }
  }
}
