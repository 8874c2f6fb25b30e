package io.github.dotagent.dnssec;

import io.github.dotagent.answer.SecurityStatus;
import org.xbill.DNS.Message;

/** The verdict on a response: its usable part, or why nothing may be used. Immutable. */
final class Verdict {
  private final SecurityStatus status; // null: bogus
  private final Message message;
  private final String reason;
  private final int code;

  private Verdict(SecurityStatus status, Message message, String reason, int code) {
    this.status = status;
    this.message = message;
    this.reason = reason;
    this.code = code;
  }

  static Verdict of(SecurityStatus status, Message message) {
    return new Verdict(status, message, "", -1);
  }

  /**
   * @param reason in a few words, for people
   * @param code RFC 8914's
   */
  static Verdict bogus(String reason, int code) {
    return new Verdict(null, null, reason, code);
  }

  boolean isBogus() {
    return status == null;
  }

  /** Null when it is bogus. */
  SecurityStatus status() {
    return status;
  }

  /** The usable part of the response; null when it is bogus. Not to be altered. */
  Message message() {
    return message;
  }

  /** Why it is bogus; empty when it is not. */
  String reason() {
    return reason;
  }

  /** RFC 8914's code for that. */
  int code() {
    return code;
  }
}
