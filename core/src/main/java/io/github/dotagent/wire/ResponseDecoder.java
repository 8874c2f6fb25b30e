package io.github.dotagent.wire;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** Reads a server's response to a question, and believes no more of it than the question asked. */
public final class ResponseDecoder {
  private ResponseDecoder() {}

  /**
   * @param response one DNS message, whatever its octets
   * @param server who sent it, for the answer's text
   * @throws ResponseException when it is not a response to this question, or says that the server
   *     could not answer
   */
  public static Response<Answer> decode(Question question, byte[] response, String server)
      throws ResponseException {
    Message message = parse(response);
    checkMatches(question, message);
    checkAnswers(message);
    Answer answer = answerOf(question, message, server);
    return new Response<>(answer, KeepAlive.of(message).orElse(null));
  }

  private static Answer answerOf(Question question, Message message, String server)
      throws ResponseException {
    AliasChain chain = AliasChain.from(question, message.getSection(Section.ANSWER));
    if (message.getRcode() == Rcode.NXDOMAIN) {
      return Answer.noSuchName(negativeTtl(message, chain), server)
          .because(ExtendedError.textOf(message));
    }
    List<Record> records = chain.recordsAtEnd(QueryEncoder.typeOf(question));
    if (records.isEmpty()) {
      return Answer.noData(negativeTtl(message, chain), server)
          .because(ExtendedError.textOf(message));
    }
    return answerOf(records, chain.ttlWith(records), server);
  }

  static Message parse(byte[] response) throws ResponseException {
    try {
      return new Message(response);
    } catch (IOException | RuntimeException garbage) {
      // dnsjava reports most damage as WireParseException, some as IllegalArgumentException
      throw ResponseException.malformed("sent a message that is not DNS", garbage);
    }
  }

  /** RFC 5452 §9.1 and RFC 9619; the id was matched by the connection. */
  private static void checkMatches(Question question, Message message) throws ResponseException {
    checkIsWholeResponse(message);
    List<Record> questions = message.getSection(Section.QUESTION);
    boolean asked =
        questions.size() == 1
            && questions.get(0).getDClass() == DClass.IN
            && questions.get(0).getType() == QueryEncoder.typeOf(question)
            && AliasChain.text(questions.get(0).getName()).equals(question.name());
    checkMatches(asked, message);
  }

  /** The server has not said that it cannot answer. */
  static void checkAnswers(Message message) throws ResponseException {
    int rcode = message.getRcode();
    if (isError(rcode)) {
      throw ResponseException.serverFailure(Rcode.string(rcode), ExtendedError.textOf(message));
    }
  }

  static void checkIsWholeResponse(Message message) throws ResponseException {
    if (!message.getHeader().getFlag(Flags.QR)) {
      throw ResponseException.malformed("sent a query where an answer was due", null);
    }
    if (message.getHeader().getOpcode() != Opcode.QUERY) {
      // the records of an update (RFC 2136) may be without data: an answer of no address
      throw ResponseException.malformed("answered another kind of request", null);
    }
    if (message.getHeader().getFlag(Flags.TC)) {
      throw ResponseException.malformed("sent a truncated answer over TLS", null);
    }
  }

  static void checkMatches(boolean asked, Message message) throws ResponseException {
    // an error may come without the question, for the server may not have been able to read it
    boolean bareError =
        message.getSection(Section.QUESTION).isEmpty() && isError(message.getRcode());
    if (!asked && !bareError) {
      throw ResponseException.malformed("answered another question", null);
    }
  }

  static boolean isError(int rcode) {
    return rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN;
  }

  private static Answer answerOf(List<Record> records, long ttl, String server) {
    List<byte[]> addresses = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Record record : records) {
      if (record instanceof ARecord) {
        addresses.add(((ARecord) record).getAddress().getAddress());
      } else if (record instanceof AAAARecord) {
        addresses.add(sixteenOctets((AAAARecord) record));
      } else if (record instanceof PTRRecord) {
        names.add(((PTRRecord) record).getTarget().toString(true));
      }
    }
    return names.isEmpty()
        ? Answer.addresses(addresses, ttl, server)
        : Answer.names(names, ttl, server);
  }

  /** The record's own octets: InetAddress turns an IPv4-mapped address into one of four octets. */
  private static byte[] sixteenOctets(AAAARecord record) {
    return record.rdataToWireCanonical();
  }

  /**
   * RFC 2308 §5: the lower of the SOA's TTL and its MINIMUM, and of the aliases on the way; 0, so
   * not to be kept, without a SOA.
   */
  private static long negativeTtl(Message message, AliasChain chain) {
    for (Record record : message.getSection(Section.AUTHORITY)) {
      if (record instanceof SOARecord) {
        long ttl = Math.min(record.getTTL(), ((SOARecord) record).getMinimum());
        return chain.ttlAtMost(ttl);
      }
    }
    return 0;
  }
}
