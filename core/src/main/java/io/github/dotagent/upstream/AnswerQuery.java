package io.github.dotagent.upstream;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseDecoder;
import io.github.dotagent.wire.ResponseException;
import java.util.function.Predicate;

/** The query of a host name lookup. */
final class AnswerQuery extends EncodedQuery<Answer> {
  private final Question question;
  private final Predicate<String> believed;
  private final boolean withVerdict;

  /**
   * @param believed the names that the server may speak for
   * @param privately whether the query says that no server may pass on a part of the client's
   *     address
   */
  AnswerQuery(Question question, Predicate<String> believed, boolean privately) {
    this(question, believed, privately, false);
  }

  /**
   * @param withVerdict whether the server is asked for its verdict on the signatures (AD)
   */
  AnswerQuery(
      Question question, Predicate<String> believed, boolean privately, boolean withVerdict) {
    super(
        question.name(),
        withVerdict(QueryEncoder.encode(question, privately), withVerdict),
        privately);
    this.question = question;
    this.believed = believed;
    this.withVerdict = withVerdict;
  }

  @Override
  byte[] octetsWithoutEcsOption() {
    return withVerdict(QueryEncoder.encode(question, false), withVerdict);
  }

  @Override
  byte[] octetsWithoutEdns() {
    return withVerdict(QueryEncoder.encodeWithoutEdns(question), withVerdict);
  }

  @Override
  Response<Answer> read(byte[] message, String server) throws ResponseException {
    Response<Answer> response = ResponseDecoder.decode(question, message, server, believed);
    return withVerdict ? ResponseDecoder.withVerdict(response, message) : response;
  }

  @Override
  String textOf(Answer answer) {
    return answer.outcome() + " from " + answer.server();
  }

  @Override
  public String toString() {
    return question.toString();
  }
}
