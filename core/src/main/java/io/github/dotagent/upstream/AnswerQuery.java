package io.github.dotagent.upstream;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseDecoder;
import io.github.dotagent.wire.ResponseException;
import java.util.function.Predicate;

/** The query of a host name lookup. */
final class AnswerQuery implements UpstreamQuery<Answer> {
  private final Question question;
  private final Predicate<String> believed;
  private final boolean withVerdict;
  private final boolean privately;
  private final byte[] octets;

  /**
   * @param believed the names that the server may speak for
   * @param privately whether to ask that no part of the client's address is passed on
   */
  AnswerQuery(Question question, Predicate<String> believed, boolean privately) {
    this(question, believed, privately, false);
  }

  /**
   * @param withVerdict whether the server is asked for its verdict on the signatures (AD)
   */
  AnswerQuery(
      Question question, Predicate<String> believed, boolean privately, boolean withVerdict) {
    this.question = question;
    this.believed = believed;
    this.privately = privately;
    this.withVerdict = withVerdict;
    this.octets = asking(QueryEncoder.encode(question, privately));
  }

  private byte[] asking(byte[] query) {
    return withVerdict ? QueryEncoder.withVerdict(query) : query;
  }

  @Override
  public String name() {
    return question.name();
  }

  @Override
  public byte[] octets() {
    return octets;
  }

  @Override
  public boolean hasSubnet() {
    return privately;
  }

  @Override
  public byte[] octetsWithoutSubnet() {
    return asking(QueryEncoder.encode(question, false));
  }

  @Override
  public byte[] octetsWithoutEdns() {
    return asking(QueryEncoder.encodeWithoutEdns(question));
  }

  @Override
  public Response<Answer> read(byte[] message, String server) throws ResponseException {
    Response<Answer> response = ResponseDecoder.decode(question, message, server, believed);
    return withVerdict ? ResponseDecoder.withVerdict(response, message) : response;
  }

  @Override
  public String textOf(Answer answer) {
    return answer.outcome() + " from " + answer.server();
  }

  @Override
  public String toString() {
    return question.toString();
  }
}
