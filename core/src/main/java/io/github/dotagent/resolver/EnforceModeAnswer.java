package io.github.dotagent.resolver;

import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.LookupOutcome;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The answer that a program would get with {@code mode=enforce}. Immutable. */
public final class EnforceModeAnswer {
  private final List<InetAddress> addresses;
  private final LookupOutcome outcome;
  private final Source source;

  /**
   * @param addresses empty where none are found
   */
  public EnforceModeAnswer(List<InetAddress> addresses, LookupOutcome outcome, Source source) {
    this.addresses = addresses;
    this.outcome = outcome;
    this.source = source;
  }

  static EnforceModeAnswer of(NameResult<InetAddress[]> result) {
    List<InetAddress> addresses = Collections.emptyList();
    if (result.isFound()) {
      try {
        addresses = Arrays.asList(result.orThrow());
      } catch (UnknownHostException neverWhereFound) {
        throw new AssertionError(neverWhereFound);
      }
    }
    return new EnforceModeAnswer(addresses, result.outcome(), result.source());
  }

  /** Empty where none are found. */
  public List<InetAddress> addresses() {
    return addresses;
  }

  public LookupOutcome outcome() {
    return outcome;
  }

  public Source source() {
    return source;
  }
}
