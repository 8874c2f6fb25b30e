package io.github.dotagent.dnssec;

import io.github.dotagent.upstream.SignedResponse;
import io.github.dotagent.wire.SignedQuery;
import java.util.concurrent.CompletableFuture;

/** The servers of the settings, asked for records with their signatures. */
public interface RecordSource {
  /** Exceptionally a {@link io.github.dotagent.answer.LookupFailure}. Never blocks. */
  CompletableFuture<SignedResponse> records(SignedQuery query);

  /**
   * The same, from another server; null when there is none.
   *
   * @param server the one that is not asked, as {@link SignedResponse#server} says
   */
  default CompletableFuture<SignedResponse> recordsFromAnother(SignedQuery query, String server) {
    return null;
  }
}
