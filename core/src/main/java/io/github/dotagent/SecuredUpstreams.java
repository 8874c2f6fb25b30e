package io.github.dotagent;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.Question;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.dnssec.RecordSource;
import io.github.dotagent.dnssec.RequiredSecurity;
import io.github.dotagent.dnssec.ValidatingLookup;
import io.github.dotagent.dnssec.ValidationThreads;
import io.github.dotagent.forward.ForwardPort;
import io.github.dotagent.upstream.SignedResponse;
import io.github.dotagent.upstream.UpstreamPool;
import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.SignedQuery;
import java.util.concurrent.CompletableFuture;

/**
 * The step between cache and servers when {@code dnssec} is not off. A class of its own, so that
 * nothing of that is loaded when it is.
 */
final class SecuredUpstreams implements ForwardPort {
  private final UpstreamPool pool;
  private final ValidatingLookup validating; // null: the servers are asked for their word
  private final ValidationThreads threads; // null: the same
  private final Lookup lookup;

  SecuredUpstreams(UpstreamPool pool, DnssecPolicy policy, Timers timers, long timeoutNanos) {
    this.pool = pool;
    if (policy.validates()) {
      threads = new ValidationThreads();
      validating =
          new ValidatingLookup(pool, new Records(pool), policy, threads, timers, timeoutNanos);
    } else {
      threads = null;
      validating = null;
    }
    Lookup checked = validating == null ? new Verdicts(pool) : validating;
    lookup = policy.required().isEmpty() ? checked : new RequiredSecurity(checked, policy);
  }

  Lookup lookup() {
    return lookup;
  }

  @Override
  public CompletableFuture<byte[]> forward(ForwardedQuery query) {
    return validating == null || query.wantsNoCheck()
        ? pool.forward(query)
        : validating.forward(query);
  }

  void close() {
    if (threads != null) {
      threads.close();
    }
  }

  /** Records with their signatures. */
  private static final class Records implements RecordSource {
    private final UpstreamPool pool;

    Records(UpstreamPool pool) {
      this.pool = pool;
    }

    @Override
    public CompletableFuture<SignedResponse> records(SignedQuery query) {
      return pool.records(query);
    }
  }

  /** Answers with the servers' word on their signatures. */
  private static final class Verdicts implements Lookup {
    private final UpstreamPool pool;

    Verdicts(UpstreamPool pool) {
      this.pool = pool;
    }

    @Override
    public CompletableFuture<Answer> lookup(Question question) {
      return pool.lookupWithVerdict(question);
    }

    @Override
    public boolean isOutOfReach() {
      return pool.isOutOfReach();
    }

    @Override
    public String doing() {
      return pool.doing();
    }
  }
}
