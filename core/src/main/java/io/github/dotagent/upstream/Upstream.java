package io.github.dotagent.upstream;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.LookupFailure.Attempt;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.DotTransportFactory;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.dot.IdleLimit;
import io.github.dotagent.dot.ResponseHandler;
import io.github.dotagent.net.AddressText;
import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/** One server: asks it, and keeps its state. Safe for use by any number of threads. */
final class Upstream {
  private final UpstreamSpec spec;
  private volatile String zone;
  private final Transport transport;
  private final Timers timers;
  private final UpstreamStats standing;
  private final String address; // made once: it is kept with every answer in the cache
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong queries = new AtomicLong();
  private final EdnsSupport edns = new EdnsSupport();
  private final EdnsSupport subnet = new EdnsSupport(); // for client subnet alone, RFC 7871

  Upstream(UpstreamSpec spec, Transport transport, Timers timers, UpstreamStats standing) {
    this(spec, "", transport, timers, standing);
  }

  /**
   * @param zone the names that it is for, as people know them; empty: all that no zone has
   */
  Upstream(
      UpstreamSpec spec, String zone, Transport transport, Timers timers, UpstreamStats standing) {
    this.spec = spec;
    this.zone = zone;
    this.transport = transport;
    this.timers = timers;
    this.standing = standing;
    this.address = AddressText.of(spec.address());
  }

  UpstreamSpec spec() {
    return spec;
  }

  /** Whether its answers have this text as their server. */
  boolean isAt(String server) {
    return address.equals(server);
  }

  /**
   * Other settings name it as well.
   *
   * @param names the names that it is for, as people know them
   * @param making makes its connections from now on
   */
  void follow(String names, DotTransportFactory making) {
    zone = names;
    standing.call(logged(spec, names));
    if (transport.follow(making)) {
      standing.health().forgive(); // the new settings may have fixed the fault
    }
  }

  /** The name of a server in the log. */
  static String logged(UpstreamSpec spec, String zone) {
    return zone.isEmpty() ? spec.toString() : spec + " (zone " + zone + ")";
  }

  /** The settings no longer name it. */
  void retire() {
    transport.retire();
    standing.retired();
  }

  UpstreamStats standing() {
    return standing;
  }

  /** Whether a query would be sent at once. */
  boolean isOpen() {
    return transport.isOpen();
  }

  /** As {@link Transport#isOurTurn}. */
  boolean isOurTurn(long nanos) {
    return transport.isOurTurn(nanos);
  }

  /** How many queries wait for an answer of this server. */
  int inFlight() {
    return inFlight.get();
  }

  /** Its state at this moment, in a few words. */
  String doing() {
    String connection = transport.doing();
    if (!connection.isEmpty()) {
      return connection;
    }
    String error = standing.health().isHealthy() ? null : standing.lastError();
    return "has no connection" + (error == null ? "" : " (" + error + ")");
  }

  /** Its state and counts at this moment. */
  UpstreamStatus status() {
    return new UpstreamStatus(
        spec.toString(),
        zone,
        standing.state(isOpen()),
        transport.connections(),
        inFlight(),
        standing.roundTrip(),
        queries.get(),
        standing.failures(),
        transport.server(),
        standing.lastError());
  }

  /**
   * Begins to connect; returns at once. The future ends when it is connected, or exceptionally,
   * which counts as a failure of the server.
   */
  CompletableFuture<Void> warmUp() {
    final long begun = timers.nanoTime();
    CompletableFuture<Void> opening = transport.warmUp();
    opening.handle(
        new BiFunction<Void, Throwable, Void>() {
          @Override
          public Void apply(Void opened, Throwable failure) {
            if (failure != null) {
              standing.failed(failure, begun);
            }
            return null;
          }
        });
    return opening;
  }

  /** Learns the result of a query: exactly one of the first three methods is called, once. */
  interface Asker<T> {
    void answered(T answer);

    /** It gave no answer. */
    void failed(Attempt attempt);

    /** This JVM could not read the response. */
    void broken(Throwable unforeseen);

    /** The server is in trouble: its answer may still come. */
    void inTrouble();
  }

  /**
   * Asks; the asker learns the result by the deadline, perhaps before this returns or throws.
   *
   * @param deadlineNanos on the timer's clock
   */
  <T> void ask(EncodedQuery<T> query, long deadlineNanos, Asker<T> asker) {
    long now = timers.nanoTime();
    boolean withEdns = edns.isUsed(now);
    boolean withSubnet = withEdns && query.hasEcsOption() && subnet.isUsed(now);
    send(new Arrival<>(query, asker, now, deadlineNanos, withEdns, withSubnet, null));
  }

  private <T> void send(Arrival<T> arrival) {
    EncodedQuery<T> query = arrival.query;
    byte[] octets =
        !arrival.withEdns
            ? query.octetsWithoutEdns()
            : arrival.withSubnet || !query.hasEcsOption()
                ? query.octets()
                : query.octetsWithoutEcsOption();
    inFlight.incrementAndGet(); // from here on the arrival always gets the outcome
    queries.incrementAndGet();
    transport.exchange(octets, arrival.deadlineNanos, arrival);
  }

  /** The response, or its absence. */
  private final class Arrival<T> implements ResponseHandler {
    private final EncodedQuery<T> query;
    private final Asker<T> asker;
    private final long askedAt;
    private final long deadlineNanos;
    private final boolean withEdns;
    private final boolean withSubnet;
    private final ResponseException refusal; // of the query with EDNS; null: it was not refused

    Arrival(
        EncodedQuery<T> query,
        Asker<T> asker,
        long askedAt,
        long deadlineNanos,
        boolean withEdns,
        boolean withSubnet,
        ResponseException refusal) {
      this.query = query;
      this.asker = asker;
      this.askedAt = askedAt;
      this.deadlineNanos = deadlineNanos;
      this.withEdns = withEdns;
      this.withSubnet = withSubnet;
      this.refusal = refusal;
    }

    @Override
    public void responded(byte[] message, long roundTripNanos, IdleLimit idleLimit) {
      inFlight.decrementAndGet();
      try {
        read(message, roundTripNanos, idleLimit);
      } catch (RuntimeException | Error unforeseen) {
        // e.g. out of memory: an exception in a callback is lost, and a caller would wait
        asker.broken(unforeseen);
      }
    }

    @Override
    public void inTrouble(ExchangeFailure trouble) {
      standing.failed(trouble, askedAt);
      asker.inTrouble();
    }

    @Override
    public void failed(ExchangeFailure failure) {
      inFlight.decrementAndGet();
      try {
        boolean lives = transport.hasLivedSince(askedAt);
        standing.failed(failure, askedAt, lives ? query.name() : null);
        ExchangeFailure telling = standing.moreTelling(failure, askedAt);
        asker.failed(attempt(telling));
      } catch (RuntimeException | Error unforeseen) {
        asker.broken(unforeseen);
      }
    }

    private void read(byte[] message, long roundTripNanos, IdleLimit idleLimit) {
      Response<T> decoded;
      try {
        decoded = query.read(message, address);
      } catch (ResponseException noAnswer) {
        if (noAnswer.isMalformed()) {
          standing.failed(noAnswer, askedAt);
          fail(LookupFailure.Kind.MALFORMED, noAnswer);
          return;
        }
        standing.answered(roundTripNanos); // it is the name that fails
        long now = timers.nanoTime();
        if (withSubnet && noAnswer.isFormatError() && deadlineNanos - now > 0) {
          send(new Arrival<>(query, asker, now, deadlineNanos, true, false, noAnswer));
        } else if (withEdns && edns.mayBeTheReason(noAnswer) && deadlineNanos - now > 0) {
          send(new Arrival<>(query, asker, now, deadlineNanos, false, false, noAnswer));
        } else {
          fail(LookupFailure.Kind.SERVER_FAILURE, noAnswer);
        }
        return;
      } catch (RuntimeException unforeseen) {
        // octets that a server chose must end in an answer or a failure, never in a waiting caller
        standing.failed(unforeseen, askedAt);
        fail(LookupFailure.Kind.MALFORMED, unforeseen);
        return;
      }
      if (decoded.keepAlive().isPresent()) {
        idleLimit.serverKeepsFor(decoded.keepAlive().get().toNanos());
      }
      standing.answered(roundTripNanos);
      if (decoded.hasEdns()) {
        edns.answeredWithEdns();
      }
      if (withEdns) {
        if (withSubnet) {
          subnet.answeredWithEdns();
        } else if (refusal != null && subnet.answeredWithout(timers.nanoTime())) {
          standing.knowsNoSubnet(refusal.getMessage());
        }
      } else if (refusal != null && edns.answeredWithout(timers.nanoTime())) {
        standing.knowsNoEdns(refusal.getMessage());
      }
      asker.answered(decoded.answer());
    }

    private void fail(LookupFailure.Kind kind, Throwable failure) {
      asker.failed(new Attempt(spec.toString(), kind, failure.getMessage(), failure));
    }

    /** A failed exchange, as the caller of the lookup sees it. */
    private Attempt attempt(ExchangeFailure failure) {
      String reason = failure.getMessage();
      return failure.kind() == ExchangeFailure.Kind.NO_ANSWER
          ? Attempt.silence(spec.toString(), reason, failure)
          : new Attempt(spec.toString(), kindOf(failure), reason, failure);
    }
  }

  private static LookupFailure.Kind kindOf(ExchangeFailure failure) {
    switch (failure.kind()) {
      case UNTRUSTED:
        return LookupFailure.Kind.UNTRUSTED;
      case MALFORMED:
        return LookupFailure.Kind.MALFORMED;
      case TIMEOUT:
      case NO_ANSWER:
      case NOT_SENT:
        return LookupFailure.Kind.TIMEOUT;
      default:
        return LookupFailure.Kind.UNREACHABLE;
    }
  }
}
