package io.github.dotagent.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A way to a server that does what a test says, and remembers what was asked. For one thread. */
final class ScriptedTransport implements Upstream.Transport {
  /** One query, as it was given. */
  static final class Asked {
    private final byte[] query;
    private final long deadlineNanos;
    private final CompletableFuture<byte[]> response = new CompletableFuture<>();

    private Asked(byte[] query, long deadlineNanos) {
      this.query = query;
      this.deadlineNanos = deadlineNanos;
    }

    byte[] query() {
      return query;
    }

    long deadlineNanos() {
      return deadlineNanos;
    }

    CompletableFuture<byte[]> response() {
      return response;
    }

    void answer(String address) {
      response.complete(Responses.address(query, address));
    }

    void fail(Throwable failure) {
      response.completeExceptionally(failure);
    }
  }

  private final List<Asked> asked = new ArrayList<>();
  private int warmedUp;

  @Override
  public CompletableFuture<byte[]> exchange(byte[] query, long deadlineNanos) {
    Asked one = new Asked(query, deadlineNanos);
    asked.add(one);
    return one.response;
  }

  @Override
  public void warmUp() {
    warmedUp++;
  }

  int warmedUp() {
    return warmedUp;
  }

  int count() {
    return asked.size();
  }

  Asked last() {
    return asked.get(asked.size() - 1);
  }
}
