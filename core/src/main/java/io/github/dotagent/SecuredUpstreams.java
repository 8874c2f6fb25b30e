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
  private final ValidatingLookup validating; // null: the servers' AD bit counts
  private final ValidationThreads threads; // null when validating is null
  private final RequiredSecurity required; // null: no domain requires it

  SecuredUpstreams(
      ZonedUpstreams upstreams,
      DnssecPolicy policy,
      ThreadStarter starting,
      Timers timers,
      long timeoutNanos) {
    this.upstreams = upstreams;
    if (policy.validates()) {
      threads = new ValidationThreads(new JdkProviderThreads(starting));
      validating = new ValidatingLookup(this, policy, threads, timers, timeoutNanos);
    } else {
      threads = null;
      validating = null;
    }
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
    return validating == null
        ? servers.lookupWithVerdict(question, believed, begun)
        : validating.lookup(question, believed, begun);
  }

  @Override
  public CompletableFuture<byte[]> forward(
      ZoneServers servers, ForwardedQuery query, Predicate<String> believed, long begun) {
    if (query.wantsNoCheck()) {
      return servers.forward(query, begun);
    }
    return validating == null
        ? servers.forwardWithVerdict(query, begun)
        : validating.forward(query, believed, begun);
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
    if (threads != null) {
      threads.close();
    }
  }
}
