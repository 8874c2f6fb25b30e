package io.github.dotagent.dot;

import io.github.dotagent.support.Timers;
import java.util.function.BiConsumer;

/** One query on its way to one server, over as many connections as it takes. */
final class QueryInProgress {
  private final Lanes lanes;
  private final Timers timers;
  private final byte[] query;
  private final long deadlineNanos;
  private final Attempts attempts = new Attempts();
  private final ResponseHandler handler;

  QueryInProgress(
      Lanes lanes, Timers timers, byte[] query, long deadlineNanos, ResponseHandler handler) {
    this.lanes = lanes;
    this.timers = timers;
    this.query = query;
    this.deadlineNanos = deadlineNanos;
    this.handler = handler;
  }

  /**
   * @param patient whether silence is to be borne now
   */
  void send(boolean patient) {
    Exchange exchange = new Exchange(query, patient);
    DotConnection used = lanes.free();
    boolean wasOpen = used.isOpen();
    while (!used.send(exchange)) {
      if (!used.wasOpen()) {
        // its connect failed before the query was in its queue, instead of a moment after: the same
        // failure, or a server that refuses at once would be connected to again and again
        exchange.response().completeExceptionally(used.end());
        break;
      }
      used = lanes.free();
      wasOpen = used.isOpen();
    }
    Timers.Timer limit =
        timers.unlessCancelled(deadlineNanos - timers.nanoTime(), new TimeOut(exchange, used));
    exchange.response().whenComplete(new Outcome(exchange, used, wasOpen, limit));
  }

  private boolean hasTime() {
    return deadlineNanos - timers.nanoTime() > 0;
  }

  private final class Outcome implements BiConsumer<byte[], Throwable> {
    private final Exchange exchange;
    private final DotConnection used;
    private final boolean wasOpen;
    private final Timers.Timer limit;

    Outcome(Exchange exchange, DotConnection used, boolean wasOpen, Timers.Timer limit) {
      this.exchange = exchange;
      this.used = used;
      this.wasOpen = wasOpen;
      this.limit = limit;
    }

    @Override
    public void accept(byte[] message, Throwable failure) {
      limit.cancel();
      if (failure == null) {
        long roundTrip = timers.nanoTime() - exchange.sentAt();
        handler.responded(new DotResponse(message, roundTrip, used.idleLimit()));
        return;
      }
      ExchangeFailure end = ExchangeFailure.unforeseen(failure);
      try {
        if (hasTime() && mayGoOutAgain(end)) {
          send(exchange.wasSent());
          return;
        }
      } catch (RuntimeException | Error unforeseen) {
        // out of memory, say: a callback's exception is lost, and somebody waits
        end = ExchangeFailure.unforeseen(unforeseen);
      }
      handler.failed(end);
    }

    private boolean mayGoOutAgain(ExchangeFailure failure) {
      switch (failure.kind()) {
        case TIMEOUT:
          // time is left, so it is a connect that was given up: a fresh one asks anew, where the
          // kernel would wait ever longer for the answer to its first packet (RFC 6298 §5.5)
          return true;
        case UNREACHABLE:
          return attempts.another(wasOpen, used.wasOfUse());
        default:
          return false;
      }
    }
  }

  private static final class TimeOut implements Runnable {
    private final Exchange exchange;
    private final DotConnection connection;

    TimeOut(Exchange exchange, DotConnection connection) {
      this.exchange = exchange;
      this.connection = connection;
    }

    @Override
    public void run() {
      boolean wasWaiting = exchange.response().completeExceptionally(connection.late());
      if (wasWaiting) {
        connection.giveUp(exchange);
      }
    }
  }
}
