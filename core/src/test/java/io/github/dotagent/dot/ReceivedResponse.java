package io.github.dotagent.dot;

/** The arguments of one {@link ResponseHandler#responded}. */
final class ReceivedResponse {
  private final byte[] message;
  private final long roundTripNanos;

  ReceivedResponse(byte[] message, long roundTripNanos) {
    this.message = message;
    this.roundTripNanos = roundTripNanos;
  }

  byte[] message() {
    return message;
  }

  long roundTripNanos() {
    return roundTripNanos;
  }
}
