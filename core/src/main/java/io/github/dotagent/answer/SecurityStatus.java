package io.github.dotagent.answer;

/**
 * What is known about an answer's signatures (RFC 4035 §4.3). A bogus answer is a {@link
 * LookupFailure} instead. The weakest first.
 */
public enum SecurityStatus {
  /** The signatures were not asked for. */
  UNCHECKED("unchecked"),
  /** No trust anchor stands above the name. */
  INDETERMINATE("indeterminate"),
  /**
   * A zone above proves that the zone is not signed; or the server says nothing about signatures.
   */
  INSECURE("insecure"),
  /** Every part of the answer is signed, from a trust anchor on. */
  SECURE("secure");

  private final String word;

  SecurityStatus(String word) {
    this.word = word;
  }

  /** The weaker of the two: an answer of two parts is no better. */
  public SecurityStatus and(SecurityStatus other) {
    return compareTo(other) <= 0 ? this : other;
  }

  @Override
  public String toString() {
    return word;
  }
}
