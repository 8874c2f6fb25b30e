package io.github.dotagent.wire;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.SecurityStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Reads a server's response to a question, and uses only the parts that the question asked for. It
 * uses dnsjava only for the names of codes: a library that reads a message reads all of it, and one
 * damaged option would lose the answer.
 */
public final class ResponseDecoder {
  private static final int QR = 0x8000; // RFC 1035 §4.1.1
  private static final int OPCODE_SHIFT = 11; // the same
  private static final int OPCODE = 0xf;
  private static final int TC = 0x0200;
  private static final int AD = 0x0020; // RFC 4035 §3.2.3
  private static final int IN = 1; // RFC 1035 §3.2.4

  private static final int IPV4_OCTETS = 4; // RFC 1035 §3.4.1
  private static final int IPV6_OCTETS = 16; // RFC 3596 §2.2

  private static final Predicate<String> EVERY_NAME =
      new Predicate<String>() {
        @Override
        public boolean test(String name) {
          return true;
        }
      };

  private ResponseDecoder() {}

  /**
   * @param response one DNS message, whatever its octets
   * @param server the server that sent it, for the answer's text
   * @throws ResponseException when it is not a response to this question, or says that the server
   *     could not answer
   */
  public static Response<Answer> decode(Question question, byte[] response, String server)
      throws ResponseException {
    return decode(question, response, server, EVERY_NAME);
  }

  /**
   * The same for a server that may speak only for some names: an alias of another name is not
   * followed ({@link Answer#continuesAt}).
   *
   * @param believed whether the server may speak for a name, as a question spells it
   */
  public static Response<Answer> decode(
      Question question, byte[] response, String server, Predicate<String> believed)
      throws ResponseException {
    ReceivedMessage message = ReceivedMessage.of(response);
    checkIsWholeResponse(message);
    checkMatches(question.name(), QueryEncoder.typeOf(question), message);
    checkAnswers(message);
    Answer answer = answerOf(question, message, server, believed);
    return new Response<>(answer, message);
  }

  /**
   * The same, with the server's verdict on the signatures: AD means that it has checked all of them
   * (RFC 4035 §3.2.3).
   */
  public static Response<Answer> withVerdict(Response<Answer> response, byte[] message)
      throws ResponseException {
    boolean secure = (ReceivedMessage.of(message).flags() & AD) != 0;
    return response.with(
        response.answer().with(secure ? SecurityStatus.SECURE : SecurityStatus.INSECURE));
  }

  private static Answer answerOf(
      Question question, ReceivedMessage message, String server, Predicate<String> believed)
      throws ResponseException {
    CnameChain chain = CnameChain.from(question.name(), message, believed);
    Answer answer = answerOf(question, message, server, chain);
    return chain.aliasedNames().isEmpty() ? answer : answer.aliased();
  }

  private static Answer answerOf(
      Question question, ReceivedMessage message, String server, CnameChain chain)
      throws ResponseException {
    String continuesAt = chain.continuesAt();
    if (message.rcode() == Rcode.NXDOMAIN && continuesAt == null) {
      return Answer.noSuchName(negativeTtl(message, chain), server)
          .because(ExtendedError.textOf(message));
    }
    int type = QueryEncoder.typeOf(question);
    int[] records = chain.records(type);
    if (records.length == 0 && continuesAt != null) {
      return Answer.alias(continuesAt, chain.ttl(), server);
    }
    if (records.length == 0) {
      return Answer.noData(negativeTtl(message, chain), server)
          .because(ExtendedError.textOf(message));
    }
    return type == Type.PTR
        ? Answer.names(names(message, records), chain.ttlWith(records), server)
        : Answer.addresses(addresses(message, records, type), chain.ttlWith(records), server);
  }

  /** For people who want to see the whole response. */
  static Message parse(byte[] response) throws ResponseException {
    try {
      return new Message(response);
    } catch (IOException | RuntimeException garbage) {
      // dnsjava reports most damage as WireParseException, some as IllegalArgumentException
      throw ResponseException.malformed("sent a message that is not DNS", garbage);
    }
  }

  /** Checks that the server has not said that it cannot answer. */
  static void checkAnswers(ReceivedMessage message) throws ResponseException {
    if (isError(message.rcode())) {
      throw ResponseException.serverFailure(
          message.rcode(), message.hasEdns(), ExtendedError.textOf(message));
    }
  }

  static void checkIsWholeResponse(ReceivedMessage message) throws ResponseException {
    checkIsResponse(message);
    if ((message.flags() & TC) != 0) {
      throw ResponseException.malformed("sent a truncated answer over TLS", null);
    }
  }

  static void checkIsResponse(ReceivedMessage message) throws ResponseException {
    int flags = message.flags();
    if ((flags & QR) == 0) {
      throw ResponseException.malformed("sent a query instead of an answer", null);
    }
    if ((flags >> OPCODE_SHIFT & OPCODE) != Opcode.QUERY) {
      // the records of an update (RFC 2136) may be without data: an answer of no address
      throw ResponseException.malformed("answered another kind of request", null);
    }
  }

  /**
   * RFC 5452 §9.1 and RFC 9619; the id was matched by the connection.
   *
   * @param name as a question spells it
   */
  static void checkMatches(String name, int type, ReceivedMessage message)
      throws ResponseException {
    boolean asked =
        message.questions() == 1
            && message.questionClass() == IN
            && message.questionType() == type
            && message.isNamed(message.questionName(), name);
    // an error may come without the question, because the server may not have been able to read it
    boolean bareError = message.questions() == 0 && isError(message.rcode());
    if (!asked && !bareError) {
      throw ResponseException.malformed("answered another question", null);
    }
  }

  static boolean isError(int rcode) {
    return rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN;
  }

  /** The addresses of the right length; others are skipped, as in glibc. */
  private static List<byte[]> addresses(ReceivedMessage message, int[] records, int type)
      throws ResponseException {
    int octets = type == Type.A ? IPV4_OCTETS : IPV6_OCTETS;
    List<byte[]> addresses = new ArrayList<>(records.length);
    for (int record : records) {
      if (message.dataLength(record) == octets) {
        addresses.add(message.copy(message.data(record), octets));
      }
    }
    if (addresses.isEmpty()) {
      throw ReceivedMessage.notDns();
    }
    return addresses;
  }

  /** The names in the data of these records. */
  private static List<String> names(ReceivedMessage message, int[] records)
      throws ResponseException {
    List<String> names = new ArrayList<>(records.length);
    for (int record : records) {
      String name = message.nameAsSentWithin(message.data(record), message.dataLength(record));
      if (name != null) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      throw ReceivedMessage.notDns();
    }
    return names;
  }

  /**
   * The lower TTL of the SOA and the aliases on the way. Without a SOA it is 0, so the answer is
   * not kept.
   */
  private static long negativeTtl(ReceivedMessage message, CnameChain chain)
      throws ResponseException {
    long ttl = message.negativeTtl();
    return ttl < 0 ? 0 : chain.ttlAtMost(ttl);
  }
}
