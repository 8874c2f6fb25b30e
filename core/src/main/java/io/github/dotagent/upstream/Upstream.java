package io.github.dotagent.upstream;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.LookupFailure.Attempt;
import io.github.dotagent.answer.Question;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.support.Timers;
import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.ResponseDecoder;
import io.github.dotagent.wire.ResponseException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** One server: asks it, keeps its health. Safe for use by any number of threads. */
final class Upstream {
  /** The way to the server, as octets. */
  interface Transport {
    /** As {@code DotTransport.exchange}. */
    CompletableFuture<byte[]> exchange(byte[] query, long deadlineNanos);

    /** Begins to connect; returns at once. */
    void warmUp();
  }

  private final UpstreamSpec spec;
  private final Transport transport;
  private final UpstreamHealth health;
  private final Log log;

  /**
   * @param log told when the server stops answering and when it is back: a line for each change,
   *     not for each lookup
   */
  Upstream(UpstreamSpec spec, Transport transport, Timers timers, Log log) {
    this.spec = spec;
    this.transport = transport;
    this.log = log;
    this.health = new UpstreamHealth(timers);
  }

  UpstreamHealth health() {
    return health;
  }

  void warmUp() {
    transport.warmUp();
  }

  /**
   * The answer, or exceptionally an {@link AttemptFailure}. Ends by the deadline.
   *
   * @param deadlineNanos on the timer's clock
   */
  CompletableFuture<Answer> ask(final Question question, long deadlineNanos) {
    final CompletableFuture<Answer> answer = new CompletableFuture<>();
    transport
        .exchange(QueryEncoder.encode(question), deadlineNanos)
        .whenComplete(
            new BiConsumer<byte[], Throwable>() {
              @Override
              public void accept(byte[] response, Throwable failure) {
                try {
                  if (failure == null) {
                    read(question, response, answer);
                  } else {
                    fail(answer, kindOf(failure), failure);
                  }
                } catch (RuntimeException | Error unforeseen) {
                  // out of memory, say: a callback's exception is lost, and somebody waits
                  answer.completeExceptionally(unforeseen);
                }
              }
            });
    return answer;
  }

  private void read(Question question, byte[] response, CompletableFuture<Answer> answer) {
    Answer decoded;
    try {
      decoded = ResponseDecoder.decode(question, response, spec.address().getHostAddress());
    } catch (ResponseException noAnswer) {
      fail(
          answer,
          noAnswer.isMalformed() ? LookupFailure.Kind.MALFORMED : LookupFailure.Kind.SERVER_FAILURE,
          noAnswer);
      return;
    } catch (RuntimeException unforeseen) {
      // octets that a server chose must end in an answer or a failure, never in a waiting caller
      fail(answer, LookupFailure.Kind.MALFORMED, unforeseen);
      return;
    }
    answered();
    answer.complete(decoded);
  }

  private void fail(CompletableFuture<Answer> answer, LookupFailure.Kind kind, Throwable failure) {
    if (kind == LookupFailure.Kind.SERVER_FAILURE) {
      answered(); // it is the name that fails, not the server: SERVFAIL came in good order
    } else if (health.failed()) {
      boolean untrusted = kind == LookupFailure.Kind.UNTRUSTED;
      log.write(
          untrusted ? Level.ERROR : Level.WARN,
          "upstream " + spec + ": " + failure.getMessage() + "; asked last from now on");
    }
    answer.completeExceptionally(
        new AttemptFailure(new Attempt(spec.toString(), kind, failure.getMessage(), failure)));
  }

  private void answered() {
    if (health.succeeded()) {
      log.write(Level.WARN, "upstream " + spec + " answers again");
    }
  }

  private static LookupFailure.Kind kindOf(Throwable failure) {
    if (!(failure instanceof ExchangeFailure)) {
      return LookupFailure.Kind.UNREACHABLE;
    }
    switch (((ExchangeFailure) failure).kind()) {
      case UNTRUSTED:
        return LookupFailure.Kind.UNTRUSTED;
      case MALFORMED:
        return LookupFailure.Kind.MALFORMED;
      case TIMEOUT:
        return LookupFailure.Kind.TIMEOUT;
      default:
        return LookupFailure.Kind.UNREACHABLE;
    }
  }

  /** One server was asked in vain; the lookup may go on with another. */
  static final class AttemptFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Attempt attempt;

    AttemptFailure(Attempt attempt) {
      super(attempt.toString());
      this.attempt = attempt;
    }

    Attempt attempt() {
      return attempt;
    }
  }
}
