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
  private final byte[] octets;

  /**
   * @param believed the names that the server may speak for
   */
  AnswerQuery(Question question, Predicate<String> believed) {
    this(question, believed, false);
  }

  /**
   * @param withVerdict whether the server is asked for its verdict on the signatures (AD)
   */
  AnswerQuery(Question question, Predicate<String> believed, boolean withVerdict) {
    this.question = question;
    this.believed = believed;
    this.withVerdict = withVerdict;
    byte[] query = QueryEncoder.encode(question);
    this.octets = withVerdict ? QueryEncoder.withVerdict(query) : query;
  }

  @Override
  public byte[] octets() {
    return octets;
  }

  @Override
  public byte[] octetsWithoutEdns() {
    byte[] query = QueryEncoder.encodeWithoutEdns(question);
    return withVerdict ? QueryEncoder.withVerdict(query) : query;
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
