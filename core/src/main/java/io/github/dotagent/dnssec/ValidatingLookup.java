package io.github.dotagent.dnssec;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.LookupFailure.Attempt;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.upstream.SignedResponse;
import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.SignedQuery;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * {@code dnssec=validate}: asks the servers for records with their signatures, and answers with
 * what is secure, or by proof insecure. Safe for use by any number of threads.
 */
public final class ValidatingLookup {
  private final RecordSource source;
  private final DnssecPolicy policy;
  private final Validator validator;
  private final long timeoutNanos;

  /**
   * @param timeoutNanos the bound of a lookup, with all records that it takes
   */
  public ValidatingLookup(
      RecordSource source,
      DnssecPolicy policy,
      Executor workers,
      Timers timers,
      long timeoutNanos) {
    this.source = source;
    this.policy = policy;
    this.validator = new Validator(policy.anchors(), source, workers, timers);
    this.timeoutNanos = timeoutNanos;
  }

  /**
   * The answer, once it is known to be secure, or by proof insecure.
   *
   * @param believed the names that its servers may speak for, as a question spells them
   * @param begun when the lookup began that this is a part of, on the timers' clock
   */
  public CompletableFuture<Answer> lookup(
      Question question, Predicate<String> believed, long begun) {
    return ask(new Asked(question, believed), begun);
  }

  /**
   * The response to a query of a library's, validated; exceptionally, if it is bogus. Its
   * signatures come with it if the query asks for them.
   *
   * @param query without CD: what asks for no check gets none, from the servers themselves
   */
  public CompletableFuture<byte[]> forward(ForwardedQuery query, long begun) {
    return ask(new Forwarded(query), begun);
  }

  private <T> CompletableFuture<T> ask(final Wish<T> wish, long begun) {
    final CompletableFuture<T> result = new CompletableFuture<>();
    final long deadline = begun + timeoutNanos;
    try {
      source
          .records(wish.query())
          .handle(
              new BiFunction<SignedResponse, Throwable, Void>() {
                @Override
                public Void apply(SignedResponse response, Throwable failure) {
                  if (response == null) {
                    result.completeExceptionally(failure);
                  } else {
                    judge(wish, response, deadline, result);
                  }
                  return null;
                }
              });
    } catch (RuntimeException | Error broken) {
      result.completeExceptionally(broken);
    }
    return result;
  }

  private <T> void judge(
      final Wish<T> wish,
      final SignedResponse response,
      long deadline,
      final CompletableFuture<T> result) {
    try {
      Validation.judge(
              validator, wish.query().name(), wish.query().type(), response.octets(), deadline)
          .handle(
              new BiFunction<Verdict, Throwable, Void>() {
                @Override
                public Void apply(Verdict verdict, Throwable failure) {
                  try {
                    result.complete(used(wish, response.server(), verdict, failure));
                  } catch (LookupFailure none) {
                    result.completeExceptionally(none);
                  } catch (RuntimeException | Error unforeseen) {
                    // a callback's exception is lost, and a caller waits
                    result.completeExceptionally(unforeseen);
                  }
                  return null;
                }
              });
    } catch (RuntimeException | Error broken) {
      result.completeExceptionally(broken);
    }
  }

  private <T> T used(Wish<T> wish, String server, Verdict verdict, Throwable failure)
      throws LookupFailure {
    if (verdict == null) {
      throw failed(server, failure);
    }
    if (verdict.isBogus()) {
      throw BogusAnswers.failure(server, verdict);
    }
    try {
      return wish.use(verdict, server);
    } catch (ResponseException noAnswer) {
      throw one(server, Kind.MALFORMED, noAnswer.getMessage(), noAnswer);
    }
  }

  /** Those of the servers as they are. */
  private static LookupFailure failed(String server, Throwable failure) {
    if (failure instanceof LookupFailure) {
      return (LookupFailure) failure;
    }
    boolean late = failure instanceof Validation.LateException;
    String reason = late ? failure.getMessage() : "sent what cannot be checked: " + failure;
    return one(server, late ? Kind.TIMEOUT : Kind.MALFORMED, reason, failure);
  }

  private static LookupFailure one(String server, Kind kind, String reason, Throwable cause) {
    return LookupFailure.of(Collections.singletonList(new Attempt(server, kind, reason, cause)));
  }

  /** What is asked, and made of the response when it may be used. */
  private interface Wish<T> {
    SignedQuery query();

    T use(Verdict verdict, String server) throws ResponseException, LookupFailure;
  }

  private final class Asked implements Wish<Answer> {
    private final Question question;
    private final Predicate<String> believed;
    private final SignedQuery query;

    Asked(Question question, Predicate<String> believed) {
      this.question = question;
      this.believed = believed;
      this.query = SignedQuery.of(question);
    }

    @Override
    public SignedQuery query() {
      return query;
    }

    @Override
    public Answer use(Verdict verdict, String server) throws ResponseException {
      Answer answer = SignedQuery.answerOf(question, verdict.message(), server, believed);
      SecurityStatus status = verdict.status();
      if (status == SecurityStatus.SECURE) {
        answer =
            answer.withTtlAtMost(SignatureTimes.secondsToKeep(verdict.message(), validator.now()));
      }
      return answer.with(status);
    }
  }

  private final class Forwarded implements Wish<byte[]> {
    private final ForwardedQuery query;
    private final SignedQuery signed;

    Forwarded(ForwardedQuery query) {
      this.query = query;
      this.signed = query.signed();
    }

    @Override
    public SignedQuery query() {
      return signed;
    }

    @Override
    public byte[] use(Verdict verdict, String server) throws LookupFailure {
      String domain = policy.requiredFor(query.name());
      if (domain != null && verdict.status() != SecurityStatus.SECURE) {
        throw BogusAnswers.notSecure(server, verdict.status(), domain);
      }
      return query.validated(verdict.message(), verdict.status() == SecurityStatus.SECURE);
    }
  }
}
