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
  private final boolean privately;
  private final byte[] octets;

  /**
   * @param believed the names that the server may speak for
   * @param privately whether to ask that nobody be told a part of the client's address
   */
  AnswerQuery(Question question, Predicate<String> believed, boolean privately) {
    this.question = question;
    this.believed = believed;
    this.privately = privately;
    this.octets = QueryEncoder.encode(question, privately);
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
    return QueryEncoder.encode(question, false);
  }

  @Override
  public byte[] octetsWithoutEdns() {
    return QueryEncoder.encodeWithoutEdns(question);
  }

  @Override
  public Response<Answer> read(byte[] message, String server) throws ResponseException {
    return ResponseDecoder.decode(question, message, server, believed);
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
