package io.github.dotagent.upstream;

import io.github.dotagent.dot.DotResponse;
import io.github.dotagent.dot.DotTransport;
import java.util.concurrent.CompletableFuture;

/** The way to one server, as octets. */
interface Transport {
  /** As {@link DotTransport#exchange}. */
  CompletableFuture<DotResponse> exchange(byte[] query, long deadlineNanos);

  /** As {@link DotTransport#warmUp}. */
  CompletableFuture<Void> warmUp();

  /** As {@link DotTransport#isOpen}. */
  boolean isOpen();

  /** The real one. */
  final class OverTls implements Transport {
    private final DotTransport dot;

    OverTls(DotTransport dot) {
      this.dot = dot;
    }

    @Override
    public CompletableFuture<DotResponse> exchange(byte[] query, long deadlineNanos) {
      return dot.exchange(query, deadlineNanos);
    }

    @Override
    public CompletableFuture<Void> warmUp() {
      return dot.warmUp();
    }

    @Override
    public boolean isOpen() {
      return dot.isOpen();
    }
  }
}
