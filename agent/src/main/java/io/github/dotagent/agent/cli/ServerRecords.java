package io.github.dotagent.agent.cli;

import io.github.dotagent.dnssec.RecordSource;
import io.github.dotagent.inspect.InspectedServer;
import io.github.dotagent.net.AddressText;
import io.github.dotagent.upstream.SignedResponse;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.SignedQuery;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Records with their signatures, from one server over one connection. For one thread. */
public final class ServerRecords implements RecordSource {
  private final InspectedServer connection;
  private final UpstreamSpec server;
  private final boolean privately;

  /**
   * @param privately whether to forbid the server to pass on a part of the client's address
   */
  public ServerRecords(InspectedServer connection, UpstreamSpec server, boolean privately) {
    this.connection = connection;
    this.server = server;
    this.privately = privately;
  }

  @Override
  public CompletableFuture<SignedResponse> records(SignedQuery query) {
    CompletableFuture<SignedResponse> records = new CompletableFuture<>();
    try {
      byte[] octets = connection.exchange(query.octets(privately)).response();
      query.read(octets);
      records.complete(new SignedResponse(octets, AddressText.of(server.address())));
    } catch (IOException | ResponseException none) {
      records.completeExceptionally(none);
    }
    return records;
  }
}
