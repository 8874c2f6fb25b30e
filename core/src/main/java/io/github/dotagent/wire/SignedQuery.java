package io.github.dotagent.wire;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import java.util.Locale;
import java.util.function.Predicate;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A query for records with their signatures, which the agent checks: DO and CD are set (RFC 4035
 * §3.2.1 and §3.2.2), so that a validating server also sends records that it considers bogus.
 * Immutable.
 */
public final class SignedQuery {
  private final Name name;
  private final int type;

  /**
   * @param name absolute
   * @param type a record type as IANA numbers them
   */
  public SignedQuery(Name name, int type) {
    this.name = name;
    this.type = type;
  }

  /**
   * The query for the records of a question.
   *
   * @throws IllegalArgumentException when the name is no domain name
   */
  public static SignedQuery of(Question question) {
    try {
      return new SignedQuery(Name.fromString(question.name() + '.'), QueryEncoder.typeOf(question));
    } catch (TextParseException notAName) {
      throw new IllegalArgumentException("not a domain name: " + question.name(), notAName);
    }
  }

  /**
   * The answer in checked records.
   *
   * @param message a response to the question
   * @param believed the names that the server may speak for, as a question spells them
   * @throws ResponseException when it is not a response to the query
   */
  public static Answer answerOf(
      Question question, Message message, String server, Predicate<String> believed)
      throws ResponseException {
    return ResponseDecoder.decode(question, message.toWire(), server, believed).answer();
  }

  public Name name() {
    return name;
  }

  /** As IANA numbers them. */
  public int type() {
    return type;
  }

  /** The name that it asks for, as a question spells it. */
  public String askedName() {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }

  /** As a question spells it: the name whose zone has the records. */
  public String zonedName() {
    Name zoned = type == Type.DS && name.labels() > 1 ? new Name(name, 1) : name;
    String text = zoned.toString(true).toLowerCase(Locale.ROOT);
    return text.equals(".") ? "" : text;
  }

  /**
   * The query, padded, with id 0.
   *
   * @param privately whether to ask that no part of the client's address is passed on (RFC 7871)
   */
  public byte[] octets(boolean privately) {
    return QueryEncoder.encode(name.toWire(), type, true, true, privately);
  }

  /** The same without EDNS, and so without signatures. */
  public byte[] octetsWithoutEdns() {
    return QueryEncoder.encodeWithoutEdns(name.toWire(), type, true);
  }

  /**
   * Accepts the response as the server sent it, if it is a response to this query.
   *
   * @throws ResponseException when it is none, or says that the server could not answer
   */
  public Response<byte[]> read(byte[] response) throws ResponseException {
    ReceivedMessage answer = ReceivedMessage.of(response);
    ResponseDecoder.checkIsWholeResponse(answer);
    ResponseDecoder.checkMatches(askedName(), type, answer);
    ResponseDecoder.checkAnswers(answer);
    return new Response<>(response, answer);
  }

  @Override
  public String toString() {
    return name + " " + Type.string(type) + " with signatures";
  }
}
