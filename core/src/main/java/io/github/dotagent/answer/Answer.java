package io.github.dotagent.answer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A server's answer to a {@link Question}: addresses, names, no such name, or no data of that type.
 * A failure to get an answer is a {@link LookupFailure} instead. Immutable.
 */
public final class Answer {
  /** The kind of the answer. */
  public enum Outcome {
    /** There are records of the type that was asked for. */
    RECORDS,
    /** NXDOMAIN: the name does not exist, whatever the type. */
    NO_SUCH_NAME,
    /** NODATA: the name exists and has no record of this type (RFC 2308 §2.2). */
    NO_DATA
  }

  private final Outcome outcome;
  private final List<byte[]> addresses;
  private final List<String> names;
  private final long ttlSeconds;
  private final String server;
  private final Source source;
  private final String extendedError;
  private final SecurityStatus security;
  private final String continuesAt; // null: the answer is whole
  private final boolean isAliased;

  private Answer(
      Outcome outcome,
      List<byte[]> addresses,
      List<String> names,
      long ttlSeconds,
      String server,
      Source source) {
    this(
        outcome,
        addresses,
        names,
        ttlSeconds,
        server,
        source,
        "",
        SecurityStatus.UNCHECKED,
        null,
        false);
  }

  private Answer(
      Outcome outcome,
      List<byte[]> addresses,
      List<String> names,
      long ttlSeconds,
      String server,
      Source source,
      String extendedError,
      SecurityStatus security,
      String continuesAt,
      boolean isAliased) {
    this.outcome = outcome;
    this.addresses = addresses;
    this.names = names;
    this.ttlSeconds = ttlSeconds;
    this.server = Objects.requireNonNull(server, "server");
    this.source = source;
    this.extendedError = Objects.requireNonNull(extendedError, "extendedError");
    this.security = Objects.requireNonNull(security, "security");
    this.continuesAt = continuesAt;
    this.isAliased = isAliased;
  }

  /** Most have one. */
  private static <T> List<T> copied(List<T> list) {
    return list.size() == 1
        ? Collections.singletonList(list.get(0))
        : Collections.unmodifiableList(new ArrayList<>(list));
  }

  private Answer(Answer same, SecurityStatus security, boolean isAliased) {
    this.outcome = same.outcome;
    this.addresses = same.addresses;
    this.names = same.names;
    this.ttlSeconds = same.ttlSeconds;
    this.server = same.server;
    this.source = same.source;
    this.extendedError = same.extendedError;
    this.security = security;
    this.continuesAt = same.continuesAt;
    this.isAliased = isAliased;
  }

  /**
   * Addresses of 4 or 16 octets, in the order of the answer. The caller must not change them later.
   */
  public static Answer addresses(List<byte[]> addresses, long ttlSeconds, String server) {
    return addresses(addresses, ttlSeconds, server, Source.UPSTREAM);
  }

  /** The same, of an answer that may have been kept. */
  public static Answer addresses(
      List<byte[]> addresses, long ttlSeconds, String server, Source source) {
    return new Answer(
        Outcome.RECORDS,
        copied(addresses),
        Collections.<String>emptyList(),
        ttlSeconds,
        server,
        source);
  }

  /** The names of an address, in the order of the answer. */
  public static Answer names(List<String> names, long ttlSeconds, String server) {
    return names(names, ttlSeconds, server, Source.UPSTREAM);
  }

  /** The same, of an answer that may have been kept. */
  public static Answer names(List<String> names, long ttlSeconds, String server, Source source) {
    return new Answer(
        Outcome.RECORDS,
        Collections.<byte[]>emptyList(),
        copied(names),
        ttlSeconds,
        server,
        source);
  }

  /** NXDOMAIN; a TTL of 0 if the answer brought no SOA, because then it must not be kept. */
  public static Answer noSuchName(long ttlSeconds, String server) {
    return negative(Outcome.NO_SUCH_NAME, ttlSeconds, server, Source.UPSTREAM);
  }

  /** NODATA; a TTL of 0 if the answer brought no SOA, because then it must not be kept. */
  public static Answer noData(long ttlSeconds, String server) {
    return negative(Outcome.NO_DATA, ttlSeconds, server, Source.UPSTREAM);
  }

  /**
   * One of the two, of an answer that may have been kept.
   *
   * @param outcome not {@link Outcome#RECORDS}
   */
  public static Answer negative(Outcome outcome, long ttlSeconds, String server, Source source) {
    return new Answer(
        outcome,
        Collections.<byte[]>emptyList(),
        Collections.<String>emptyList(),
        ttlSeconds,
        server,
        source);
  }

  /**
   * The name is an alias, and this server has not given the records of its target, or may not give
   * them: they must be asked for separately. Alone it is "no data".
   *
   * @param target the name to ask for next, as {@link Question#name()} spells it
   * @param ttlSeconds of the aliases that lead to it
   */
  public static Answer alias(String target, long ttlSeconds, String server) {
    return new Answer(
        Outcome.NO_DATA,
        Collections.<byte[]>emptyList(),
        Collections.<String>emptyList(),
        ttlSeconds,
        server,
        Source.UPSTREAM,
        "",
        SecurityStatus.UNCHECKED,
        Objects.requireNonNull(target, "target"),
        true);
  }

  /** The same, kept no longer than this many seconds: the TTL of an alias that leads to it. */
  public Answer withTtlAtMost(long seconds) {
    return seconds >= ttlSeconds
        ? this
        : new Answer(
            outcome,
            addresses,
            names,
            seconds,
            server,
            source,
            extendedError,
            security,
            continuesAt,
            isAliased);
  }

  /**
   * The same with the server's own reason for it (RFC 8914), such as that it blocks the name.
   *
   * @param error one line for people; empty for none
   */
  public Answer because(String error) {
    return error.isEmpty()
        ? this
        : new Answer(
            outcome,
            addresses,
            names,
            ttlSeconds,
            server,
            source,
            error,
            security,
            continuesAt,
            isAliased);
  }

  /** The same, with what is known of its signatures. */
  public Answer with(SecurityStatus status) {
    return status == security ? this : new Answer(this, status, isAliased);
  }

  /** The same, found at the end of one alias or several. */
  public Answer aliased() {
    return isAliased ? this : new Answer(this, security, true);
  }

  /**
   * Whether an alias led to it. Then it also belongs to another name, which may have other servers.
   */
  public boolean isAliased() {
    return isAliased;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** The name to ask for next, for an {@link #alias}; null: the answer is whole. */
  public String continuesAt() {
    return continuesAt;
  }

  /** Octets of each address; empty unless addresses were asked for and found. Not to be altered. */
  public List<byte[]> addresses() {
    return addresses;
  }

  /** Names without the dot at their end; empty unless PTR was asked for and found. */
  public List<String> names() {
    return names;
  }

  /** Seconds that the answer may be kept, as the server gave them; 0 or more. */
  public long ttlSeconds() {
    return ttlSeconds;
  }

  /** The address of the server that gave it. */
  public String server() {
    return server;
  }

  /** Whether that server was asked for it now, or it was kept. */
  public Source source() {
    return source;
  }

  /** The server's reason for a negative answer (RFC 8914), one line; empty when it gave none. */
  public String extendedError() {
    return extendedError;
  }

  /** What is known of its signatures. */
  public SecurityStatus security() {
    return security;
  }
}
