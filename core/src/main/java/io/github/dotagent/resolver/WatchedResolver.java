package io.github.dotagent.resolver;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.answer.Source;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.metrics.CountsByText;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.metrics.LookupWatch;
import io.github.dotagent.metrics.RecentErrors;
import io.github.dotagent.metrics.Watch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Counts lookups, and tells watchers of each. Safe for use by any number of threads. */
public final class WatchedResolver implements HostResolver {
  private final Supplier<PolicyResolver> resolver;
  private final Watch watch;
  private final RecentErrors errors;
  private final Timers timers;
  private final LongAdder lookups = new LongAdder();
  private final LongAdder[] failures = new LongAdder[LookupOutcome.values().length]; // by ordinal
  private final CountsByText failedIn = new CountsByText(); // by zone
  private final LongAdder[] answers = new LongAdder[Source.values().length]; // the same
  private final LongAdder[] security = new LongAdder[SecurityStatus.values().length]; // the same

  /**
   * @param timers for the time of an error
   */
  public WatchedResolver(
      final PolicyResolver resolver, Watch watch, RecentErrors errors, Timers timers) {
    this(
        new Supplier<PolicyResolver>() {
          @Override
          public PolicyResolver get() {
            return resolver;
          }
        },
        watch,
        errors,
        timers);
  }

  /**
   * @param resolver gives, for each lookup, the resolver of the settings in force
   */
  public WatchedResolver(
      Supplier<PolicyResolver> resolver, Watch watch, RecentErrors errors, Timers timers) {
    this.resolver = resolver;
    this.watch = watch;
    this.errors = errors;
    this.timers = timers;
    for (int i = 0; i < failures.length; i++) {
      failures[i] = new LongAdder();
    }
    for (int i = 0; i < answers.length; i++) {
      answers[i] = new LongAdder();
    }
    for (int i = 0; i < security.length; i++) {
      security[i] = new LongAdder();
    }
  }

  @Override
  public InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    LookupWatch watching = watch.lookupBegins();
    NameResult<InetAddress[]> result = resolver.get().resolve(host, order);
    ended(host, result, watching);
    return result.orThrow();
  }

  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    LookupWatch watching = watch.lookupBegins();
    NameResult<String> result = resolver.get().resolve(address);
    ended(address, result, watching);
    return result.orThrow();
  }

  /** For a lookup that another resolver makes; null: it is not watched. */
  LookupWatch begins() {
    return watch.lookupBegins();
  }

  /** The end of a lookup for the name of an address. */
  void ended(byte[] address, NameResult<?> result, LookupWatch watching) {
    ended(watching == null ? null : textOf(address), result, watching);
  }

  private static String textOf(byte[] address) {
    try {
      return AddressList.textOf(address);
    } catch (UnknownHostException neverOfFourOrSixteen) {
      return "";
    }
  }

  /** The end of a lookup. */
  void ended(String name, NameResult<?> result, LookupWatch watching) {
    lookups.increment();
    if (result.security() != SecurityStatus.UNCHECKED) {
      security[result.security().ordinal()].increment();
    }
    if (result.isFound() || result.isNegative()) {
      answers[result.source().ordinal()].increment();
    }
    if (result.outcome().isFailureOverTls()) {
      failures[result.outcome().ordinal()].increment();
      failedIn.add(result.failedIn());
      errors.addLookup(timers.epochMillis(), result.refusal().getMessage());
    }
    if (watching != null) {
      watching.ended(name, result.outcome(), result.source(), result.server(), result.security());
    }
  }

  /** Lookups that came here since the start, without those that the JVM's own cache answered. */
  public long lookups() {
    return lookups.sum();
  }

  /** How many of these lookups failed for this reason. */
  public long failures(LookupFailure.Kind kind) {
    return failures[LookupOutcome.of(kind).ordinal()].sum();
  }

  /**
   * How many of these lookups failed because the servers of this zone gave no answer.
   *
   * @param zone empty: the servers for all names that no zone has
   */
  public long failedIn(String zone) {
    return failedIn.of(zone);
  }

  /** How many of these lookups were answered from this source, negative answers included. */
  public long answers(Source source) {
    return answers[source.ordinal()].sum();
  }

  /** How many of these lookups had answers that were checked with this result. */
  public long answers(SecurityStatus status) {
    return security[status.ordinal()].sum();
  }
}
