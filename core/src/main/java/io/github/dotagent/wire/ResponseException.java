package io.github.dotagent.wire;

/** A response that is no answer. */
public final class ResponseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean malformed;

  private ResponseException(String message, Throwable cause, boolean malformed) {
    super(message, cause);
    this.malformed = malformed;
  }

  static ResponseException malformed(String message, Throwable cause) {
    return new ResponseException(message, cause, true);
  }

  static ResponseException serverFailure(String rcode, String extendedError) {
    String why = extendedError.isEmpty() ? "" : " (" + extendedError + ")";
    return new ResponseException("answered " + rcode + why, null, false);
  }

  /** True: what came was not an answer to the question. False: the server said that it has none. */
  public boolean isMalformed() {
    return malformed;
  }
}
