package io.github.dotagent;

import io.github.dotagent.forward.ForwardPort;
import io.github.dotagent.upstream.ZonedUpstreams;
import io.github.dotagent.wire.ForwardedQuery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The servers, for queries that may come before they are there. */
final class DeferredForwarding implements ForwardPort {
  private final CompletableFuture<ZonedUpstreams> coming = new CompletableFuture<>();

  void has(ZonedUpstreams pool) {
    coming.complete(pool);
  }

  void failed(Throwable reason) {
    coming.completeExceptionally(reason);
  }

  @Override
  public CompletableFuture<byte[]> forward(final ForwardedQuery query) {
    return coming.thenCompose(
        new Function<ZonedUpstreams, CompletionStage<byte[]>>() {
          @Override
          public CompletionStage<byte[]> apply(ZonedUpstreams pool) {
            return pool.forward(query);
          }
        });
  }
}
