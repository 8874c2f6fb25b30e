package io.github.dotagent.dot;

/** Responses for the tests of other packages. */
public final class DotResponses {
  private DotResponses() {}

  /** On a connection of its own, whose idle limit is not used. */
  public static DotResponse of(byte[] message, long roundTripNanos) {
    return new DotResponse(message, roundTripNanos, new IdleLimit());
  }
}
