package io.github.dotagent;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.answer.Source;
import io.github.dotagent.cache.CacheStatus;
import io.github.dotagent.config.SettingsStatus;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.metrics.CleartextNames;
import io.github.dotagent.resolver.WatchedResolver;
import io.github.dotagent.upstream.UpstreamStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The counts of lookups since the start, at one moment. Counts of different kinds are not read at
 * the same instant. Immutable.
 */
public final class CoreStatus {
  private final long lookups;
  private final long[] failures; // by ordinal of the kind
  private final long[] answers; // by ordinal of the source
  private final long[] security; // by ordinal
  private final CacheStatus cache;
  private final List<UpstreamStatus> upstreams;
  private final long pinMismatches;
  private final List<String> lastErrors;
  private final List<String> bypasses;
  private final long inClear;
  private final long mayHaveBeenInClear;
  private final List<String> clearSuffixes;
  private final SettingsStatus settings;

  CoreStatus(
      WatchedResolver resolver,
      CacheStatus cache,
      List<UpstreamStatus> upstreams,
      long pinMismatches,
      List<String> lastErrors,
      Bypasses bypasses,
      long inClear,
      CleartextNames names,
      SettingsStatus settings) {
    this.lookups = resolver.lookups();
    LookupFailure.Kind[] kinds = LookupFailure.Kind.values();
    this.failures = new long[kinds.length];
    for (LookupFailure.Kind kind : kinds) {
      failures[kind.ordinal()] = resolver.failures(kind);
    }
    Source[] sources = Source.values();
    this.answers = new long[sources.length];
    for (Source source : sources) {
      answers[source.ordinal()] = resolver.answers(source);
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
    this.settings = settings;
    this.bypasses = Collections.unmodifiableList(bypasses.texts());
    long ofLibraries = bypasses.inClear();
    this.mayHaveBeenInClear = names.count() + ofLibraries;
    List<String> suffixes = new ArrayList<>(names.texts());
    if (ofLibraries > 0) {
      suffixes.add("(libraries, to port 53): " + ofLibraries);
    }
    this.clearSuffixes = Collections.unmodifiableList(suffixes);
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

  /** Lookups that were answered from this source, negative answers included. */
  public long answers(Source source) {
    return answers[source.ordinal()];
  }

  /**
   * Names that may have left in the clear, for any reason: the system resolver was asked for them,
   * or a library's query went to the server that it chose.
   */
  public long mayHaveBeenInClear() {
    return mayHaveBeenInClear;
  }

  /** Their suffixes, one text each, such as {@code corp.example: 12}; never a whole name. */
  public List<String> clearSuffixes() {
    return clearSuffixes;
  }

  public CacheStatus cache() {
    return cache;
  }

  /** In the user's order; upstreams given by name appear once their addresses are known. */
  public List<UpstreamStatus> upstreams() {
    return upstreams;
  }

  /**
   * Names that the system resolver was asked for, perhaps in the clear, because no server could be
   * reached ({@code profile=opportunistic}).
   */
  public long inClear() {
    return inClear;
  }

  /** When the settings in force were read, and what is wrong with the files now. */
  public SettingsStatus settings() {
    return settings;
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
   * Servers that libraries asked themselves: the library, and where the queries went; one line
   * each.
   */
  public List<String> bypasses() {
    return bypasses;
  }
}
