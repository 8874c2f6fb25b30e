package io.github.dotagent.it.harness.certificate;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server certificate is to say. Immutable: each method gives a changed copy.
 *
 * @param names DNS subject alternative names, may be empty
 * @param addresses IP subject alternative names as literals, may be empty
 * @param validFrom offset of the start of validity from the time given to the authority
 * @param validFor length of the validity
 * @param key the key to certify; empty: a new EC P-256 key
 */
public record CertificateSpec(
    List<String> names,
    List<String> addresses,
    Duration validFrom,
    Duration validFor,
    Optional<KeyPair> key) {

  /** Backdated by an hour: a clock that differs a little must not fail a test of something else. */
  private static final Duration BACKDATED = Duration.ofHours(-1);

  /** Far longer than any test run, shorter than the authority's own validity. */
  private static final Duration ONE_MONTH = Duration.ofDays(30);

  public CertificateSpec {
    names = List.copyOf(names);
    addresses = List.copyOf(addresses);
  }

  /** Valid now, for these DNS names, with a new key. */
  public static CertificateSpec forNames(String... names) {
    return new CertificateSpec(List.of(names), List.of(), BACKDATED, ONE_MONTH, Optional.empty());
  }

  /** Valid now, for these address literals, with a new key. */
  public static CertificateSpec forAddresses(String... addresses) {
    return forNames().andAddresses(addresses);
  }

  public CertificateSpec andAddresses(String... more) {
    return new CertificateSpec(names, List.of(more), validFrom, validFor, key);
  }

  /** Ended a day ago. */
  public CertificateSpec expired() {
    return valid(ONE_MONTH.negated().minusDays(1), ONE_MONTH);
  }

  /** Begins in a day. */
  public CertificateSpec notYetValid() {
    return valid(Duration.ofDays(1), ONE_MONTH);
  }

  public CertificateSpec valid(Duration from, Duration length) {
    return new CertificateSpec(names, addresses, from, length, key);
  }

  /** The same key in another certificate: its pin stays. */
  public CertificateSpec withKey(KeyPair known) {
    return new CertificateSpec(names, addresses, validFrom, validFor, Optional.of(known));
  }

  Instant notBefore(Instant now) {
    return now.plus(validFrom);
  }

  Instant notAfter(Instant now) {
    return notBefore(now).plus(validFor);
  }
}
