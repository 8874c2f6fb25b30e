package io.github.dotagent.wire;

import org.xbill.DNS.Rcode;

/** A response that is not an answer. */
public final class ResponseException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int NONE = -1; // an RCODE is never negative (RFC 1035 §4.1.1)

  private final int rcode; // NONE: malformed
  private final boolean hasEdns;

  private ResponseException(String message, Throwable cause, int rcode, boolean hasEdns) {
    super(message, cause);
    this.rcode = rcode;
    this.hasEdns = hasEdns;
  }

  static ResponseException malformed(String message, Throwable cause) {
    return new ResponseException(message, cause, NONE, false);
  }

  /**
   * A complete response whose records give no answer. The owner of the name made these records, so
   * the server has not failed.
   */
  static ResponseException unusableRecords(String message) {
    return new ResponseException(message, null, Rcode.NOERROR, true);
  }

  /**
   * @param extendedError code and text of RFC 8914; empty for none
   */
  static ResponseException serverFailure(int rcode, boolean hasEdns, String extendedError) {
    String why = extendedError.isEmpty() ? "" : " (" + extendedError + ")";
    return new ResponseException("answered " + Rcode.string(rcode) + why, null, rcode, hasEdns);
  }

  /**
   * True: the message was not an answer to the question. False: the server reported that it has
   * none, or the records of the name give no answer.
   */
  public boolean isMalformed() {
    return rcode == NONE;
  }

  /** Whether the server could not make sense of the query: FORMERR. */
  public boolean isFormatError() {
    return rcode == Rcode.FORMERR;
  }

  /**
   * Whether the server may have answered so because it does not know EDNS, or an option of it (RFC
   * 6891 §6.1.3 and §7): it would then be asked without it. SERVFAIL usually has other reasons;
   * with EDNS in the response it certainly has.
   *
   * @param hasShownEdns whether it has answered other queries that had EDNS
   */
  public boolean mayBeForEdns(boolean hasShownEdns) {
    switch (rcode) {
      case Rcode.FORMERR:
      case Rcode.NOTIMP:
      case Rcode.BADVERS:
        return true;
      case Rcode.SERVFAIL:
        return !hasEdns && !hasShownEdns;
      default:
        return false;
    }
  }
}
