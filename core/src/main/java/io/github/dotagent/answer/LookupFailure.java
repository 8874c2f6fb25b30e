package io.github.dotagent.answer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * No server gave an answer that can be believed. Says what was tried and why it failed, the most
 * telling reason first; the exception of each attempt is a suppressed one.
 */
public final class LookupFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why an attempt failed, the most telling first: the order in which a caller reads them. */
  public enum Kind {
    /** The server is not who it should be: pin, name, authority or validity. */
    UNTRUSTED,
    /** What came was not DNS, or not an answer to the question. */
    MALFORMED,
    /** An authenticated server said that it cannot answer: SERVFAIL, REFUSED. */
    SERVER_FAILURE,
    /** No connection could be made or kept. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT
  }

  /** One server that was asked in vain. */
  public static final class Attempt {
    private final String server;
    private final Kind kind;
    private final String reason;
    private final Throwable cause;

    /**
     * @param server the server in the form the user writes it
     * @param reason what went wrong, in a few words
     */
    public Attempt(String server, Kind kind, String reason, Throwable cause) {
      this.server = server;
      this.kind = kind;
      this.reason = printable(reason);
      this.cause = cause;
    }

    public Kind kind() {
      return kind;
    }

    /**
     * Certificates and error texts are a server's to choose; a message stays one line all the same.
     */
    private static String printable(String text) {
      String shown = String.valueOf(text);
      StringBuilder line = new StringBuilder(shown.length());
      for (int i = 0; i < shown.length(); i++) {
        char c = shown.charAt(i);
        line.append(Character.isISOControl(c) ? '?' : c);
      }
      return line.toString();
    }

    @Override
    public String toString() {
      return server + ' ' + reason;
    }
  }

  private final Kind kind;
  private final boolean aServersWord;

  private LookupFailure(String message, Kind kind, boolean aServersWord) {
    super(message);
    this.kind = kind;
    this.aServersWord = aServersWord;
  }

  /**
   * @param attempts in the order in which they were made; at least one
   */
  public static LookupFailure of(List<Attempt> attempts) {
    List<Attempt> telling = new ArrayList<>(attempts);
    // a stable sort: attempts of one kind stay in the order in which they were made
    Collections.sort(telling, MOST_TELLING_FIRST);
    StringBuilder message = new StringBuilder("no answer over TLS: ");
    boolean aServersWord = false;
    for (int i = 0; i < telling.size(); i++) {
      Attempt attempt = telling.get(i);
      message.append(i == 0 ? "" : "; ").append(attempt);
      aServersWord |= attempt.kind == Kind.SERVER_FAILURE || attempt.kind == Kind.MALFORMED;
    }
    LookupFailure failure =
        new LookupFailure(message.toString(), telling.get(0).kind, aServersWord);
    for (Attempt attempt : telling) {
      if (attempt.cause != null) {
        failure.addSuppressed(attempt.cause);
      }
    }
    return failure;
  }

  /** The kind of the most telling attempt. */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether a server that is who it should be was asked, and said something that is no answer: the
   * question itself may be at fault. Otherwise the way to the servers is.
   */
  public boolean isAServersWord() {
    return aServersWord;
  }

  private static final Comparator<Attempt> MOST_TELLING_FIRST =
      new Comparator<Attempt>() {
        @Override
        public int compare(Attempt one, Attempt other) {
          return one.kind.compareTo(other.kind);
        }
      };
}
