package io.github.dotagent;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.Question;
import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.dnssec.RecordSource;
import io.github.dotagent.dnssec.RequiredSecurity;
import io.github.dotagent.dnssec.ValidatingLookup;
import io.github.dotagent.dnssec.ValidationThreads;
import io.github.dotagent.tls.JdkProviderThreads;
import io.github.dotagent.upstream.SignedResponse;
import io.github.dotagent.upstream.ZonedUpstreams;
import io.github.dotagent.upstream.ZonedUpstreams.PartLookup;
import io.github.dotagent.upstream.ZonedUpstreams.ZoneServers;
import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.SignedQuery;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * The step between cache and servers when {@code dnssec} is not off. A class of its own, so that
 * with {@code off} no class of DNSSEC is loaded.
 */
final class SecuredUpstreams implements PartLookup, RecordSource {
  private final ZonedUpstreams upstreams;
  private final DnssecPolicy policy;
  private final ThreadStarter starting;
  private final Timers timers;
  private final long timeoutNanos;
  private final boolean validates; // false: the servers' AD bit counts
  private final RequiredSecurity required; // null: no domain requires it
  private final Object lock = new Object();

  // made for the first question: a start without lookups does not pay for their classes
  private volatile ValidatingLookup validating; // written with the lock
  private ValidationThreads threads; // guarded by lock
  private boolean closed; // guarded by lock

  SecuredUpstreams(
      ZonedUpstreams upstreams,
      DnssecPolicy policy,
      ThreadStarter starting,
      Timers timers,
      long timeoutNanos) {
    this.upstreams = upstreams;
    this.policy = policy;
    this.starting = starting;
    this.timers = timers;
    this.timeoutNanos = timeoutNanos;
    validates = policy.validates();
    upstreams.lookUpBy(this);
    required = policy.required().isEmpty() ? null : new RequiredSecurity(upstreams, policy);
  }

  Lookup lookup() {
    return required == null ? upstreams : required;
  }

  /** The query of a library, with all aliases of its answer. */
  CompletableFuture<byte[]> forward(ForwardedQuery query) {
    CompletableFuture<byte[]> response = upstreams.forward(query);
    return required == null ? response : required.of(query, response);
  }

  @Override
  public CompletableFuture<Answer> lookup(
      ZoneServers servers, Question question, Predicate<String> believed, long begun) {
    return validates
        ? validating().lookup(question, believed, begun)
        : servers.lookupWithVerdict(question, believed, begun);
  }

  @Override
  public CompletableFuture<byte[]> forward(
      ZoneServers servers, ForwardedQuery query, Predicate<String> believed, long begun) {
    if (query.wantsNoCheck()) {
      return servers.forward(query, begun);
    }
    return validates
        ? validating().forward(query, believed, begun)
        : servers.forwardWithVerdict(query, begun);
  }

  private ValidatingLookup validating() {
    ValidatingLookup made = validating;
    return made != null ? made : makeValidating();
  }

  private ValidatingLookup makeValidating() {
    synchronized (lock) {
      if (validating == null) {
        threads = new ValidationThreads(new JdkProviderThreads(starting));
        if (closed) {
          threads.close(); // and the question fails
        }
        validating = new ValidatingLookup(this, policy, threads, timers, timeoutNanos);
      }
      return validating;
    }
  }

  @Override
  public CompletableFuture<SignedResponse> records(SignedQuery query) {
    return upstreams.records(query);
  }

  @Override
  public CompletableFuture<SignedResponse> recordsFromAnother(SignedQuery query, String server) {
    return upstreams.recordsFromAnother(query, server);
  }

  void close() {
    synchronized (lock) {
      closed = true;
      if (threads != null) {
        threads.close();
      }
    }
  }
}
