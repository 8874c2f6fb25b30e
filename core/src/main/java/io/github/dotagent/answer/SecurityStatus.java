package io.github.dotagent.answer;

/**
 * What is known of an answer's signatures (RFC 4035 §4.3). An answer that is bogus is none: that is
 * a {@link LookupFailure}. The weakest first.
 */
public enum SecurityStatus {
  /** The signatures were not asked for. */
  UNCHECKED("unchecked"),
  /** No trust anchor stands above the name. */
  INDETERMINATE("indeterminate"),
  /** The zone is not signed, by the proof of a zone above it; or the server says no more. */
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
