package io.github.dotagent.forward;

import io.github.dotagent.wire.ForwardedQuery;
import java.util.concurrent.CompletableFuture;

/** Sends queries to the servers of the settings. */
public interface ForwardPort {
  /** Completes with the response, unchanged, or with the failure. Never blocks. */
  CompletableFuture<byte[]> forward(ForwardedQuery query);
}
