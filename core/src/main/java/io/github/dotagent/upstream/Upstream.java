package io.github.dotagent.upstream;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.LookupFailure.Attempt;
import io.github.dotagent.dot.DotResponse;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.dot.ResponseHandler;
import io.github.dotagent.support.Timers;
import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/** One server: asks it, and knows how it has been doing. Safe for use by any number of threads. */
final class Upstream {
  private static final Runnable NOTHING =
      new Runnable() {
        @Override
        public void run() {}
      };

  private final UpstreamSpec spec;
  private final Transport transport;
  private final Timers timers;
  private final UpstreamStanding standing;
  private final String address; // made once: it is kept with every answer in the cache
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong queries = new AtomicLong();

  Upstream(UpstreamSpec spec, Transport transport, Timers timers, UpstreamStanding standing) {
    this.spec = spec;
    this.transport = transport;
    this.timers = timers;
    this.standing = standing;
    this.address = spec.address().getHostAddress();
  }

  UpstreamSpec spec() {
    return spec;
  }

  UpstreamStanding standing() {
    return standing;
  }

  /** Whether a query would be sent at once. */
  boolean isOpen() {
    return transport.isOpen();
  }

  /** How many queries wait for an answer of this server. */
  int inFlight() {
    return inFlight.get();
  }

  /** How it is doing, at this moment. */
  UpstreamStatus status() {
    return new UpstreamStatus(
        spec.toString(),
        standing.state(isOpen()),
        transport.connections(),
        inFlight(),
        standing.roundTrip(),
        queries.get(),
        standing.failures(),
        transport.server(),
        standing.lastError());
  }

  /**
   * Begins to connect; returns at once. What is returned ends when it is connected, or
   * exceptionally, which counts as a failure of the server.
   */
  CompletableFuture<Void> warmUp() {
    final long begun = timers.nanoTime();
    CompletableFuture<Void> opening = transport.warmUp();
    opening.handle(
        new BiFunction<Void, Throwable, Void>() {
          @Override
          public Void apply(Void opened, Throwable failure) {
            if (failure != null) {
              standing.failed(failure, begun);
            }
            return null;
          }
        });
    return opening;
  }

  /** As the other one, for a caller that waits for what comes in the end. */
  <T> CompletableFuture<T> ask(UpstreamQuery<T> query, long deadlineNanos) {
    return ask(query, deadlineNanos, NOTHING);
  }

  /**
   * The answer, or exceptionally an {@link AttemptFailure}. Ends by the deadline.
   *
   * @param deadlineNanos on the timer's clock
   * @param inTrouble run when the server is in trouble: its answer may still come
   */
  <T> CompletableFuture<T> ask(UpstreamQuery<T> query, long deadlineNanos, Runnable inTrouble) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    inFlight.incrementAndGet();
    queries.incrementAndGet();
    Arrival<T> arrival = new Arrival<>(query, answer, timers.nanoTime(), inTrouble);
    transport.exchange(query.octets(), deadlineNanos, arrival);
    return answer;
  }

  /** What comes back, or does not. */
  private final class Arrival<T> implements ResponseHandler {
    private final UpstreamQuery<T> query;
    private final CompletableFuture<T> answer;
    private final long askedAt;
    private final Runnable inTrouble;

    Arrival(UpstreamQuery<T> query, CompletableFuture<T> answer, long askedAt, Runnable inTrouble) {
      this.query = query;
      this.answer = answer;
      this.askedAt = askedAt;
      this.inTrouble = inTrouble;
    }

    @Override
    public void responded(DotResponse response) {
      inFlight.decrementAndGet();
      try {
        read(response);
      } catch (RuntimeException | Error unforeseen) {
        // out of memory, say: a callback's exception is lost, and somebody waits
        answer.completeExceptionally(unforeseen);
      }
    }

    @Override
    public void inTrouble(ExchangeFailure trouble) {
      standing.failed(trouble, askedAt);
      inTrouble.run();
    }

    @Override
    public void failed(ExchangeFailure failure) {
      inFlight.decrementAndGet();
      try {
        standing.failed(failure, askedAt);
        ExchangeFailure telling = standing.moreTelling(failure, askedAt);
        fail(FailureKinds.of(telling), telling);
      } catch (RuntimeException | Error unforeseen) {
        answer.completeExceptionally(unforeseen);
      }
    }

    private void read(DotResponse response) {
      Response<T> decoded;
      try {
        decoded = query.read(response.message(), address);
      } catch (ResponseException noAnswer) {
        if (noAnswer.isMalformed()) {
          standing.failed(noAnswer, askedAt);
          fail(LookupFailure.Kind.MALFORMED, noAnswer);
        } else {
          standing.answered(response.roundTripNanos()); // it is the name that fails
          fail(LookupFailure.Kind.SERVER_FAILURE, noAnswer);
        }
        return;
      } catch (RuntimeException unforeseen) {
        // octets that a server chose must end in an answer or a failure, never in a waiting caller
        standing.failed(unforeseen, askedAt);
        fail(LookupFailure.Kind.MALFORMED, unforeseen);
        return;
      }
      if (decoded.keepAlive().isPresent()) {
        response.serverKeepsFor(decoded.keepAlive().get().toNanos());
      }
      standing.answered(response.roundTripNanos());
      answer.complete(decoded.answer());
    }

    private void fail(LookupFailure.Kind kind, Throwable failure) {
      Attempt attempt = new Attempt(spec.toString(), kind, failure.getMessage(), failure);
      answer.completeExceptionally(new AttemptFailure(attempt));
    }
  }
}
