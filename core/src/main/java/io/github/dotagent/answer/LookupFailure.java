package io.github.dotagent.answer;

import io.github.dotagent.net.TerminalText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * No server gave a trusted answer. Names the servers that were asked and the reasons, the most
 * informative first.
 *
 * <p>A value rather than an exception, because the threads that make it serve other lookups too. It
 * has no stack trace, its text is made when it is read, and the caller's own thread makes the
 * caller's exception of it.
 */
public final class LookupFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int NETWORK_ERROR = 23; // RFC 8914 §4.24

  /** Why an attempt failed, the most informative first: the order in which a caller reads them. */
  public enum Kind {
    /** The server has not proved its identity: pin, name, authority or validity. */
    UNTRUSTED,
    /** The signatures do not prove that the answer comes from the zone (RFC 4035 §4.3). */
    BOGUS,
    /** The message was not DNS, or not an answer to the question. */
    MALFORMED,
    /** An authenticated server said that it cannot answer: SERVFAIL, REFUSED. */
    SERVER_FAILURE,
    /** No connection could be made or kept. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT
  }

  /** One server that gave no answer. */
  public static final class Attempt {
    private final String server;
    private final Kind kind;
    private final String reason;
    private final Throwable cause;
    private final boolean isSilence;

    /**
     * @param server the server in the form the user writes it
     * @param reason what went wrong, in a few words
     */
    public Attempt(String server, Kind kind, String reason, Throwable cause) {
      this(server, kind, reason, cause, false);
    }

    private Attempt(String server, Kind kind, String reason, Throwable cause, boolean isSilence) {
      this.server = server;
      this.kind = kind;
      this.reason = TerminalText.of(String.valueOf(reason)); // a server may have chosen it
      this.cause = cause;
      this.isSilence = isSilence;
    }

    /** The attempt on a server that is connected and has not answered in time. */
    public static Attempt silence(String server, String reason, Throwable cause) {
      return new Attempt(server, Kind.TIMEOUT, reason, cause, true);
    }

    public Kind kind() {
      return kind;
    }

    @Override
    public String toString() {
      return server + ' ' + reason;
    }
  }

  private final Kind kind;
  private final boolean aServersWord;
  private final transient List<Attempt> telling; // the most telling first
  private final int extendedError;

  private LookupFailure(List<Attempt> telling, boolean aServersWord, int extendedError) {
    super(null, null, false, false);
    this.kind = kindOf(telling);
    this.telling = telling;
    this.aServersWord = aServersWord;
    this.extendedError = extendedError;
  }

  /** A connected but silent server is not an unreachable one, whatever the others are. */
  private static Kind kindOf(List<Attempt> telling) {
    Kind first = telling.get(0).kind;
    if (first == Kind.UNREACHABLE) {
      for (Attempt attempt : telling) {
        if (attempt.isSilence) {
          return attempt.kind;
        }
      }
    }
    return first;
  }

  /**
   * An answer that is not the zone's, or not secure where it must be.
   *
   * @param reason in a few words
   * @param extendedError RFC 8914's code for it
   */
  public static LookupFailure bogus(String server, String reason, int extendedError) {
    Attempt attempt = new Attempt(server, Kind.BOGUS, reason, null);
    return new LookupFailure(Collections.singletonList(attempt), true, extendedError);
  }

  /**
   * @param attempts in the order in which they were made; at least one
   */
  public static LookupFailure of(List<Attempt> attempts) {
    List<Attempt> telling = new ArrayList<>(attempts);
    // a stable sort: attempts of one kind stay in the order in which they were made
    Collections.sort(telling, MOST_TELLING_FIRST);
    boolean aServersWord = false;
    for (Attempt attempt : telling) {
      aServersWord |=
          attempt.kind == Kind.SERVER_FAILURE
              || attempt.kind == Kind.MALFORMED
              || attempt.kind == Kind.BOGUS;
    }
    return new LookupFailure(telling, aServersWord, NETWORK_ERROR);
  }

  @Override
  public String getMessage() {
    StringBuilder message = new StringBuilder("no answer over TLS: ");
    for (int i = 0; i < telling.size(); i++) {
      message.append(i == 0 ? "" : "; ").append(telling.get(i));
    }
    return message.toString();
  }

  /** The exceptions of those attempts that have one, the most telling first. */
  public List<Throwable> causes() {
    List<Throwable> causes = new ArrayList<>(telling.size());
    for (Attempt attempt : telling) {
      if (attempt.cause != null) {
        causes.add(attempt.cause);
      }
    }
    return causes;
  }

  /**
   * Whether the records are known not to be the zone's, or not secure where they must be. Then
   * records from elsewhere must not take their place.
   */
  public static boolean isBogus(Throwable failure) {
    return failure instanceof LookupFailure && ((LookupFailure) failure).kind == Kind.BOGUS;
  }

  /** The code that says why to those who ask in DNS (RFC 8914). */
  public int extendedError() {
    return extendedError;
  }

  /**
   * The kind of the most informative attempt. It is unreachable only if no server was connected.
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether an authenticated server was asked, and reported a failure: then the question itself may
   * be the cause. Otherwise the way to the servers is.
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
