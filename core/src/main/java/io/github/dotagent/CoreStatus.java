package io.github.dotagent;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.cache.CacheStatus;
import io.github.dotagent.resolver.WatchedResolver;
import io.github.dotagent.upstream.UpstreamStatus;
import java.util.Collections;
import java.util.List;

/**
 * How lookups have been going since the start, at one moment. Figures of different kinds are not
 * read in the same instant. Immutable.
 */
public final class CoreStatus {
  private final long lookups;
  private final long[] failures; // by ordinal of the kind
  private final long[] security; // by ordinal
  private final CacheStatus cache;
  private final List<UpstreamStatus> upstreams;
  private final long pinMismatches;
  private final List<String> lastErrors;
  private final List<String> bypasses;
  private final long inClear;

  CoreStatus(
      WatchedResolver resolver,
      CacheStatus cache,
      List<UpstreamStatus> upstreams,
      long pinMismatches,
      List<String> lastErrors,
      List<String> bypasses,
      long inClear) {
    this.lookups = resolver.lookups();
    LookupFailure.Kind[] kinds = LookupFailure.Kind.values();
    this.failures = new long[kinds.length];
    for (LookupFailure.Kind kind : kinds) {
      failures[kind.ordinal()] = resolver.failures(kind);
    }
    SecurityStatus[] statuses = SecurityStatus.values();
    this.security = new long[statuses.length];
    for (SecurityStatus status : statuses) {
      security[status.ordinal()] = resolver.answers(status);
    }
    this.cache = cache;
    this.upstreams = Collections.unmodifiableList(upstreams);
    this.pinMismatches = pinMismatches;
    this.lastErrors = Collections.unmodifiableList(lastErrors);
    this.inClear = inClear;
    this.bypasses = Collections.unmodifiableList(bypasses);
  }

  /** Lookups that reached the agent, without those that the JVM's own cache answered. */
  public long lookups() {
    return lookups;
  }

  /** Lookups that no server answered, counted under the main reason. */
  public long failures(LookupFailure.Kind kind) {
    return failures[kind.ordinal()];
  }

  /** Lookups whose answers were checked with this result (DNSSEC). */
  public long answers(SecurityStatus status) {
    return security[status.ordinal()];
  }

  public CacheStatus cache() {
    return cache;
  }

  /** In the user's order; upstreams given by name appear once their addresses are known. */
  public List<UpstreamStatus> upstreams() {
    return upstreams;
  }

  /**
   * Names of the servers' that the system resolver was asked for, in the clear perhaps, for no
   * server could be reached: {@code profile=opportunistic}.
   */
  public long inClear() {
    return inClear;
  }

  /** Handshakes in which a server had none of the user's pins, refused or not. */
  public long pinMismatches() {
    return pinMismatches;
  }

  /** The last ten different ones, the last first, each {@code TIME TEXT} in UTC. */
  public List<String> lastErrors() {
    return lastErrors;
  }

  /**
   * Servers that libraries asked by themselves, with the library and the treatment; one line each.
   */
  public List<String> bypasses() {
    return bypasses;
  }
}
