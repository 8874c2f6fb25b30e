package io.github.dotagent.upstream;

import io.github.dotagent.dot.DotEndpoint;
import io.github.dotagent.dot.DotTransport;
import io.github.dotagent.dot.DotTransportFactory;
import io.github.dotagent.dot.ResponseHandler;
import java.util.concurrent.CompletableFuture;

/** The way to one server, as octets. */
interface Transport {
  /** As {@link DotTransport#exchange}. */
  void exchange(byte[] query, long deadlineNanos, ResponseHandler handler);

  /** As {@link DotTransport#warmUp}. */
  CompletableFuture<Void> warmUp();

  /** As {@link DotTransport#isOpen}. */
  boolean isOpen();

  /** As {@link DotTransport#hasLivedSince}. */
  boolean hasLivedSince(long moment);

  /** As {@link DotTransport#connections}. */
  int connections();

  /** As {@link DotTransport#isOurTurn}. */
  boolean isOurTurn(long nanos);

  /** As {@link DotTransport#doing}. */
  String doing();

  /** As {@link DotTransportFactory#takeOver}. */
  default boolean follow(DotTransportFactory other) {
    return false;
  }

  /** As {@link DotTransport#retire}. */
  default void retire() {}

  /** The server, with the results of its handshakes. */
  DotEndpoint server();

  /** The real one. */
  final class OverDot implements Transport {
    private final DotTransport dot;
    private final DotEndpoint server;

    OverDot(DotTransport dot, DotEndpoint server) {
      this.dot = dot;
      this.server = server;
    }

    @Override
    public void exchange(byte[] query, long deadlineNanos, ResponseHandler handler) {
      dot.exchange(query, deadlineNanos, handler);
    }

    @Override
    public CompletableFuture<Void> warmUp() {
      return dot.warmUp();
    }

    @Override
    public boolean isOpen() {
      return dot.isOpen();
    }

    @Override
    public boolean hasLivedSince(long moment) {
      return dot.hasLivedSince(moment);
    }

    @Override
    public int connections() {
      return dot.connections();
    }

    @Override
    public boolean isOurTurn(long nanos) {
      return dot.isOurTurn(nanos);
    }

    @Override
    public String doing() {
      return dot.doing();
    }

    @Override
    public boolean follow(DotTransportFactory other) {
      return other.takeOver(dot);
    }

    @Override
    public void retire() {
      dot.retire();
    }

    @Override
    public DotEndpoint server() {
      return server;
    }
  }
}
