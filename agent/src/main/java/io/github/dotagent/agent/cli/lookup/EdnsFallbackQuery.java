package io.github.dotagent.agent.cli.lookup;

import io.github.dotagent.inspect.TimedResponse;
import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.QueryToInspect;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.ResponseFacts;
import java.io.IOException;

/**
 * A query in a form that a server answers, found in the same way as for a lookup of the agent:
 * without the client subnet if the server answers it with FORMERR, then without EDNS (RFC 6891 §7).
 * For one thread.
 */
final class EdnsFallbackQuery {
  /** Sends a query, on another connection if the server has closed the last one. */
  interface Exchange {
    TimedResponse of(byte[] query) throws IOException;
  }

  private final QueryToInspect query;
  private final boolean verdict;
  private final Exchange exchange;
  private boolean privately;
  private String refusal; // null: none, or no other form of the query was answered
  private TimedResponse response;

  private EdnsFallbackQuery(
      QueryToInspect query, boolean privately, boolean verdict, Exchange exchange) {
    this.query = query;
    this.privately = privately;
    this.verdict = verdict;
    this.exchange = exchange;
  }

  /**
   * @param privately whether to forbid the server to pass on a part of the client's address
   * @param verdict whether to ask for the AD bit
   * @throws IOException when no response comes
   * @throws ResponseException when the message is not a response to the query
   */
  static EdnsFallbackQuery ask(
      QueryToInspect query, boolean privately, boolean verdict, Exchange exchange)
      throws IOException, ResponseException {
    EdnsFallbackQuery asked = new EdnsFallbackQuery(query, privately, verdict, exchange);
    asked.ask();
    return asked;
  }

  private void ask() throws IOException, ResponseException {
    response = exchange(query.octets(privately));
    ResponseFacts first = ResponseFacts.of(response.response());
    if (privately
        && first.isFormatError()
        && isAnswered(query.octets(false), first, "a client subnet of no bits (ecs=private)")) {
      privately = false;
    } else if (first.mayBeForEdns()) {
      isAnswered(query.octetsWithoutEdns(), first, "EDNS");
    }
  }

  /**
   * Whether the server answers a query without the options that it may not know; if so, keeps that
   * response.
   */
  private boolean isAnswered(byte[] without, ResponseFacts first, String what)
      throws IOException, ResponseException {
    TimedResponse again = exchange(without);
    if (!ResponseFacts.of(again.response()).isAnswer()) {
      return false;
    }
    response = again;
    refusal = "answered " + first.rcode() + " to a query with " + what + ", and answers without it";
    return true;
  }

  private TimedResponse exchange(byte[] octets) throws IOException, ResponseException {
    TimedResponse exchanged = exchange.of(verdict ? QueryEncoder.withVerdict(octets) : octets);
    query.checkIsAnsweredBy(exchanged.response());
    return exchanged;
  }

  TimedResponse response() {
    return response;
  }

  /** The query that the server did not answer, for people; null if it answered the first one. */
  String refusal() {
    return refusal;
  }

  /** Whether the query forbids passing on a part of the client's address. */
  boolean isPrivate() {
    return privately;
  }
}
