package io.github.dotagent.wire;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.util.Arrays;
import java.util.List;

/** A server's response to a lookup's question. */
public final class ResponseFuzz implements FuzzTarget {
  private static final List<Question> QUESTIONS =
      List.of(Decoded.WWW_A, Decoded.WWW_AAAA, Decoded.REVERSE);

  @Override
  public void read(byte[] octets) throws Exception {
    FuzzInput input = new FuzzInput(octets);
    Question question = QUESTIONS.get(input.choice(QUESTIONS.size()));
    int choices = input.octet();
    byte[] message = input.rest();
    if ((choices & 1) != 0 && message.length >= 8) { // header and question as they should be
      byte[] begin = RawMessage.to(question).bytes();
      System.arraycopy(message, 0, begin, 4 + 2, 6); // the counts of the sections
      begin[3] |= (byte) (message[6] & 0xf); // RCODE
      message = RawMessage.join(begin, Arrays.copyOfRange(message, 8, message.length));
    }
    try {
      Answer answer =
          ((choices & 2) == 0
                  ? ResponseDecoder.decode(question, message, Decoded.SERVER)
                  : ResponseDecoder.decode(question, message, Decoded.SERVER, ResponseFuzz::isOwn))
              .answer();
      check(question, answer, message);
    } catch (ResponseException refused) {
      Findings.checkIsLine(refused.getMessage());
    }
  }

  /** Of the server of a zone: it may not speak for the names that aliases lead to. */
  private static boolean isOwn(String name) {
    return name.endsWith("example.com");
  }

  private static void check(Question question, Answer answer, byte[] message) {
    boolean none = answer.addresses().isEmpty() && answer.names().isEmpty();
    Findings.check(
        (answer.outcome() == Answer.Outcome.RECORDS) != none, "records, or another outcome");
    Findings.check(
        answer.ttlSeconds() >= 0 && answer.ttlSeconds() <= ReceivedMessage.MAX_TTL, "its TTL");
    int octets = question.equals(Decoded.WWW_A) ? 4 : 16;
    for (byte[] address : answer.addresses()) {
      Findings.check(address.length == octets, "an address of " + address.length + " octets");
      Findings.check(isIn(message, address), "an address that was not sent");
    }
    answer.names().forEach(Findings::checkIsLine);
    Findings.checkIsLine(answer.continuesAt());
    Findings.checkIsLine(answer.extendedError());
  }

  private static boolean isIn(byte[] message, byte[] part) {
    for (int at = 0; at + part.length <= message.length; at++) {
      if (Arrays.equals(message, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
