package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.inspect.InspectedServer;
import io.github.dotagent.wire.QueryToInspect;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.ResponseFacts;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The domains of the search list that the upstreams are asked for, and whether the upstreams know
 * them. A domain that none of them knows is the network's own, or a typing mistake. For one thread.
 */
final class SearchDomains {
  /** The answer for each; null: none, or it was unclear. */
  private final Map<String, Boolean> known = new LinkedHashMap<>();

  /**
   * @param domains without the root
   */
  SearchDomains(List<String> domains) {
    for (String domain : domains) {
      known.put(domain, null);
    }
  }

  /**
   * Asks a server that resolves for each. A domain that one server knows is known.
   *
   * @param edns whether the server accepts it
   */
  void ask(InspectedServer server, boolean edns) throws IOException, ResponseException {
    for (Map.Entry<String, Boolean> domain : known.entrySet()) {
      if (!Boolean.TRUE.equals(domain.getValue())) {
        QueryToInspect query = QueryToInspect.of(domain.getKey(), "SOA");
        byte[] response =
            server.exchange(edns ? query.octets() : query.octetsWithoutEdns()).response();
        if (query.isAnsweredBy(response)) {
          said(domain.getKey(), ResponseFacts.of(response));
        }
      }
    }
  }

  private void said(String domain, ResponseFacts facts) {
    if (facts.isAnswer()) {
      known.put(domain, !facts.isNoSuchName());
    }
  }

  /** Whether a server was asked, and none knows it. */
  boolean isUnknown(String domain) {
    return Boolean.FALSE.equals(known.get(domain));
  }

  /** Whether no server gave a clear answer. */
  boolean isUntold(String domain) {
    return known.get(domain) == null;
  }
}
