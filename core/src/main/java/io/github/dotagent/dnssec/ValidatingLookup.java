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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.xbill.DNS.Message;

/**
 * {@code dnssec=validate}: asks the servers for records with their signatures, and accepts answers
 * that are secure or proved to be insecure. Safe for use by any number of threads.
 */
public final class ValidatingLookup {
  /**
   * Servers whose bogus answers are checked again with the keys of others: each has a validator for
   * that, with the keys that it has fetched. Users have four servers, and a few more for their
   * zones; the one that was unused for longest gives way.
   */
  private static final int MOST_DOUBTED = 4;

  private final RecordSource source;
  private final DnssecPolicy policy;
  private final Executor workers;
  private final Timers timers;
  private final Validator validator;
  // by use, the eldest first; guarded by itself
  private final Map<String, Validator> without =
      new LinkedHashMap<String, Validator>(MOST_DOUBTED, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Validator> eldest) {
          return size() > MOST_DOUBTED;
        }
      };

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
    this.workers = workers;
    this.timers = timers;
    this.validator = new Validator(policy.anchors(), source, workers, timers);
    this.timeoutNanos = timeoutNanos;
  }

  /**
   * The answer, once it is known to be secure, or proved to be insecure.
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
   * @param query without CD; a query with CD goes to the servers without a check
   * @param believed the names that its servers may speak for, as a question spells them
   */
  public CompletableFuture<byte[]> forward(
      ForwardedQuery query, Predicate<String> believed, long begun) {
    return ask(new Forwarded(query, believed), begun);
  }

  private <T> CompletableFuture<T> ask(Wish<T> wish, long begun) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      new Asking<>(wish, result, begun + timeoutNanos).begin();
    } catch (RuntimeException | Error broken) {
      result.completeExceptionally(broken);
    }
    return result;
  }

  /**
   * One question on its way. A server may be the reason for a bogus answer: it does not know
   * DNSSEC, filters names, or has old data. So another server is asked once, for the records and
   * for all keys. Its answer counts if it is not bogus; otherwise the first verdict stands. Unbound
   * asks up to five times ({@code val-max-restart}).
   */
  private final class Asking<T> {
    private final Wish<T> wish;
    private final CompletableFuture<T> result;
    private final long deadline;
    private volatile Timers.Timer limit;
    private volatile boolean waits = true; // for a server: a check knows the deadline by itself
    private volatile LookupFailure bogus; // what the first server sent; null: it was not

    Asking(Wish<T> wish, CompletableFuture<T> result, long deadlineNanos) {
      this.wish = wish;
      this.result = result;
      this.deadline = deadlineNanos;
    }

    void begin() {
      long left = Math.max(0, deadline - timers.nanoTime());
      limit =
          timers.unlessCancelled(
              left,
              new Runnable() {
                @Override
                public void run() {
                  if (waits) {
                    fail(late());
                  }
                }
              });
      await(source.records(wish.query()), validator);
    }

    private LookupFailure late() {
      String reason = "no server has sent " + wish.query() + " in time";
      return bogus != null ? bogus : one("upstream", Kind.TIMEOUT, reason, null);
    }

    private void await(CompletableFuture<SignedResponse> coming, final Validator by) {
      waits = true;
      coming.handle(
          new BiFunction<SignedResponse, Throwable, Void>() {
            @Override
            public Void apply(SignedResponse response, Throwable failure) {
              waits = false;
              if (response == null) {
                fail(bogus != null ? bogus : failure);
              } else {
                judge(response, by);
              }
              return null;
            }
          });
    }

    private void judge(final SignedResponse response, Validator by) {
      try {
        SignedQuery query = wish.query();
        byte[] octets = response.octets();
        Validation.judge(by, query.name(), query.type(), octets, wish.believed(), deadline)
            .handle(
                new BiFunction<Verdict, Throwable, Void>() {
                  @Override
                  public Void apply(Verdict verdict, Throwable failure) {
                    try {
                      judged(response.server(), verdict, failure);
                    } catch (LookupFailure none) {
                      fail(none);
                    } catch (RuntimeException | Error unforeseen) {
                      // a callback's exception is lost, and a caller waits
                      fail(unforeseen);
                    }
                    return null;
                  }
                });
      } catch (RuntimeException | Error broken) {
        fail(broken);
      }
    }

    private void judged(String server, Verdict verdict, Throwable failure) throws LookupFailure {
      boolean isBogus = verdict != null && verdict.isBogus();
      if (bogus != null && (verdict == null || isBogus)) {
        throw bogus;
      }
      if (isBogus) {
        bogus = BogusAnswers.failure(server, verdict);
        askAnother(server);
      } else {
        T answer = used(wish, server, verdict, failure);
        cancelLimit();
        result.complete(answer);
      }
    }

    private void askAnother(String server) throws LookupFailure {
      waits = true; // before the deadline is read: otherwise its timer may pass unnoticed
      Validator by = deadline - timers.nanoTime() > 0 ? without(server) : null;
      CompletableFuture<SignedResponse> coming =
          by == null ? null : source.recordsFromAnother(wish.query(), server);
      if (coming == null) {
        throw bogus;
      }
      await(coming, by);
    }

    private void fail(Throwable reason) {
      cancelLimit();
      result.completeExceptionally(reason);
    }

    private void cancelLimit() {
      Timers.Timer set = limit;
      if (set != null) {
        set.cancel();
      }
    }
  }

  /** Checks with keys that are from other servers. */
  private Validator without(String server) {
    synchronized (without) {
      Validator made = without.get(server);
      if (made == null) {
        made = makeWithout(server);
        without.put(server, made);
      }
      return made;
    }
  }

  private Validator makeWithout(final String server) {
    RecordSource others =
        new RecordSource() {
          @Override
          public CompletableFuture<SignedResponse> records(SignedQuery query) {
            CompletableFuture<SignedResponse> other = source.recordsFromAnother(query, server);
            return other == null ? source.records(query) : other;
          }
        };
    return new Validator(policy.anchors(), others, workers, timers);
  }

  private <T> T used(Wish<T> wish, String server, Verdict verdict, Throwable failure)
      throws LookupFailure {
    if (verdict == null) {
      throw failed(server, failure);
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
    String reason =
        late ? failure.getMessage() : "sent an answer that cannot be checked: " + failure;
    return one(server, late ? Kind.TIMEOUT : Kind.MALFORMED, reason, failure);
  }

  private static LookupFailure one(String server, Kind kind, String reason, Throwable cause) {
    return LookupFailure.of(Collections.singletonList(new Attempt(server, kind, reason, cause)));
  }

  /** The question, and the use of its response if that is accepted. */
  private interface Wish<T> {
    SignedQuery query();

    Predicate<String> believed();

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
    public Predicate<String> believed() {
      return believed;
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
    private final Predicate<String> believed;
    private final SignedQuery signed;

    Forwarded(ForwardedQuery query, Predicate<String> believed) {
      this.query = query;
      this.believed = believed;
      this.signed = query.signed();
    }

    @Override
    public SignedQuery query() {
      return signed;
    }

    @Override
    public Predicate<String> believed() {
      return believed;
    }

    @Override
    public byte[] use(Verdict verdict, String server) throws LookupFailure {
      String domain = policy.requiredFor(query.name());
      if (domain != null && verdict.status() != SecurityStatus.SECURE) {
        throw BogusAnswers.notSecure(server, verdict.status(), domain);
      }
      boolean isSecure = verdict.status() == SecurityStatus.SECURE;
      Message message = verdict.message();
      return query.validated(
          isSecure ? SignatureTimes.bounded(message, validator.now()) : message, isSecure);
    }
  }
}
