package io.github.dotagent.wire;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import java.util.ArrayList;
import java.util.List;

/** Reads a server's response to a question, and believes no more of it than the question asked. */
public final class ResponseDecoder {
  private static final int NOERROR = 0; // RFC 1035 §4.1.1
  private static final int NXDOMAIN = 3; // RFC 1035 §4.1.1, there "name error"

  private ResponseDecoder() {}

  /**
   * @param response one DNS message, whatever its octets
   * @param server who sent it, for the answer's text
   * @throws ResponseException when it is not a response to this question, or says that the server
   *     could not answer
   */
  public static Response decode(Question question, byte[] response, String server)
      throws ResponseException {
    DnsMessage message = new DnsMessage(response);
    checkMatches(question, message);
    int rcode = message.rcode();
    if (isError(rcode)) {
      throw ResponseException.serverFailure(DnsMessage.text(rcode), ExtendedError.textOf(message));
    }
    Answer answer = answerOf(question, message, server);
    return new Response(answer, KeepAlive.of(message));
  }

  private static Answer answerOf(Question question, DnsMessage message, String server)
      throws ResponseException {
    AliasChain chain = AliasChain.from(question, message.answers());
    if (message.rcode() == NXDOMAIN) {
      return Answer.noSuchName(negativeTtl(message, chain), server);
    }
    int type = QueryEncoder.typeOf(question);
    List<ResourceRecord> records = chain.recordsAtEnd(type);
    if (records.isEmpty()) {
      return Answer.noData(negativeTtl(message, chain), server);
    }
    return answerOf(records, type, chain.ttlWith(records), server);
  }

  /** RFC 5452 §9.1 and RFC 9619; the id was matched by the connection. */
  private static void checkMatches(Question question, DnsMessage message) throws ResponseException {
    if (!message.isResponse()) {
      throw ResponseException.malformed("sent a query where an answer was due", null);
    }
    if (!message.isOfAQuery()) {
      throw ResponseException.malformed("answered another kind of request", null);
    }
    if (message.isTruncated()) {
      throw ResponseException.malformed("sent a truncated answer over TLS", null);
    }
    List<DnsMessage.Asked> questions = message.questions();
    boolean asked =
        questions.size() == 1
            && questions.get(0).is(question.name(), QueryEncoder.typeOf(question));
    // an error may come without the question, for the server may not have been able to read it
    boolean bareError = questions.isEmpty() && isError(message.rcode());
    if (!asked && !bareError) {
      throw ResponseException.malformed("answered another question", null);
    }
  }

  private static boolean isError(int rcode) {
    return rcode != NOERROR && rcode != NXDOMAIN;
  }

  private static Answer answerOf(List<ResourceRecord> records, int type, long ttl, String server) {
    List<byte[]> addresses = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ResourceRecord record : records) {
      if (type == ResourceRecord.PTR) {
        names.add(record.target());
      } else {
        // as they are: InetAddress turns an IPv4-mapped address into one of four octets
        addresses.add(record.data());
      }
    }
    return names.isEmpty()
        ? Answer.addresses(addresses, ttl, server)
        : Answer.names(names, ttl, server);
  }

  /**
   * RFC 2308 §5: the lower of the SOA's TTL and its MINIMUM, and of the aliases on the way; 0, so
   * not to be kept, without a SOA.
   */
  private static long negativeTtl(DnsMessage message, AliasChain chain) {
    for (ResourceRecord record : message.authority()) {
      if (record.type() == ResourceRecord.SOA) {
        return chain.ttlAtMost(Math.min(record.ttl(), record.minimum()));
      }
    }
    return 0;
  }
}
