package io.github.dotagent.it.harness.server;

import io.github.dotagent.it.harness.wire.DnsNames;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * What a server does wrong, changed while it runs; nothing at first. A fault counts for what
 * arrives from now on. Thread-safe.
 */
public final class Faults {
  private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

  private final Queue<ConnectFault> nextConnections = new ConcurrentLinkedQueue<>();
  private final Queue<AnswerFault> nextAnswers = new ConcurrentLinkedQueue<>();
  private final Map<String, AnswerFault> byName = new ConcurrentHashMap<>();
  private volatile Predicate<String> slowNames = name -> false;
  private volatile Duration slowness = Duration.ZERO;
  private final Map<String, CompletableFuture<Void>> held = new ConcurrentHashMap<>();
  private volatile Optional<ConnectFault> everyConnection = Optional.empty();
  private volatile Optional<AnswerFault> everyAnswer = Optional.empty();
  private volatile int closeAfter = Integer.MAX_VALUE;
  private volatile int closeAbove = Integer.MAX_VALUE;
  private volatile int reverse = 1;
  private volatile Duration idle = Duration.ZERO;
  private volatile boolean refusesAlpn;
  private volatile Duration handshakeAfter = Duration.ZERO;
  private volatile CloseKind closeKind = CloseKind.TLS;
  private volatile OneAtATime oneAtATime = OneAtATime.OFF;

  /** How a connection is closed when it has had its queries. */
  public enum CloseKind {
    /** With close_notify. */
    TLS,
    /** With FIN alone. */
    FIN,
    /** With RST. */
    RST
  }

  /** The treatment of a second connection of the client. */
  public enum OneAtATime {
    /** It is like any other. */
    OFF,
    /** It is closed before the handshake. */
    CLOSES_SECOND,
    /** It is reset before the handshake. */
    RESETS_SECOND,
    /** The first one is dropped. */
    DROPS_FIRST
  }

  Faults() {}

  /** Later connections are accepted at once, and their handshake begins so much later. */
  public void handshakeAfter(Duration delay) {
    handshakeAfter = delay;
  }

  /** Later connections are alone, one way or the other. */
  public void oneAtATime(OneAtATime way) {
    oneAtATime = way;
  }

  /** How {@link #closeAfter} closes. */
  public void closeBy(CloseKind kind) {
    closeKind = kind;
  }

  public void onEveryConnection(ConnectFault fault) {
    everyConnection = Optional.of(fault);
  }

  /** For one connection; called again, for the one after it. */
  public void onNextConnection(ConnectFault fault) {
    nextConnections.add(fault);
  }

  public void onEveryAnswer(AnswerFault fault) {
    everyAnswer = Optional.of(fault);
  }

  /** For one answer; called again, for the one after it. */
  public void onNextAnswer(AnswerFault fault) {
    nextAnswers.add(fault);
  }

  /** For every answer about a name, of any type. */
  public void onAnswer(String name, AnswerFault fault) {
    byName.put(DnsNames.canonical(name), fault);
  }

  /** Answers about these names come later by so much. */
  public void slow(Predicate<String> names, Duration by) {
    slowness = by;
    slowNames = names;
  }

  /** Answers about a name wait until {@link #release}: a delay without a clock. */
  public void hold(String name) {
    held.putIfAbsent(DnsNames.canonical(name), new CompletableFuture<>());
  }

  /** Sends the answers that {@link #hold} kept back; later ones go at once. */
  public void release(String name) {
    CompletableFuture<Void> gate = held.remove(DnsNames.canonical(name));
    if (gate != null) {
      gate.complete(null);
    }
  }

  /** Each connection is closed, in TLS's order, once so many queries on it are answered. */
  public void closeAfter(int queries) {
    closeAfter = queries;
  }

  /** Each connection is dropped when more queries than that wait for their answer on it. */
  public void closeAbove(int outstanding) {
    closeAbove = outstanding;
  }

  /** Each connection's answers go out in groups of so many, the last first (RFC 7766 §7). */
  public void reverse(int answers) {
    reverse = answers;
  }

  /** Later connections are closed, in TLS's order, when no query came for so long. */
  public void closeIdle(Duration after) {
    idle = after;
  }

  /** Refuses each client that offers a protocol by ALPN (RFC 7301 §3.2). */
  public void refuseAlpn() {
    refusesAlpn = true;
  }

  /** From now on everything is right; answers held are sent. */
  public void clear() {
    nextConnections.clear();
    nextAnswers.clear();
    byName.clear();
    held.keySet().forEach(this::release);
    everyConnection = Optional.empty();
    everyAnswer = Optional.empty();
    closeAfter = Integer.MAX_VALUE;
    closeAbove = Integer.MAX_VALUE;
    slowNames = name -> false;
    reverse = 1;
    idle = Duration.ZERO;
    refusesAlpn = false;
    handshakeAfter = Duration.ZERO;
    closeKind = CloseKind.TLS;
    oneAtATime = OneAtATime.OFF;
  }

  Optional<ConnectFault> forConnection() {
    return Optional.ofNullable(nextConnections.poll()).or(() -> everyConnection);
  }

  Optional<AnswerFault> forAnswer(String name) {
    return Optional.ofNullable(nextAnswers.poll())
        .or(() -> Optional.ofNullable(byName.get(DnsNames.canonical(name))))
        .or(() -> slowly(name))
        .or(() -> everyAnswer);
  }

  private Optional<AnswerFault> slowly(String name) {
    return slowNames.test(name) ? Optional.of(new AnswerFault.Delay(slowness)) : Optional.empty();
  }

  CompletableFuture<Void> gate(String name) {
    return held.getOrDefault(DnsNames.canonical(name), NOW);
  }

  int closeAfter() {
    return closeAfter;
  }

  int closeAbove() {
    return closeAbove;
  }

  int reverse() {
    return reverse;
  }

  /** Zero: never for that. */
  Duration idle() {
    return idle;
  }

  Duration handshakeAfter() {
    return handshakeAfter;
  }

  CloseKind closeKind() {
    return closeKind;
  }

  OneAtATime oneAtATime() {
    return oneAtATime;
  }

  boolean refusesAlpn() {
    return refusesAlpn;
  }
}
