package io.github.dotagent.forward;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.Bypass;
import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.ForwardedResponse;
import io.github.dotagent.wire.ResponseException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Handles the queries for one server. On the loop's thread, except for responses. */
final class QueryHandler {
  /**
   * The limit of all libraries together, for one server: more than any has open at once, and only
   * some MB in a flood.
   */
  private static final int MOST_IN_FLIGHT = 2_000;

  private static final String TOO_MANY = "too many queries at once";
  private static final String NOT_DNS = "it is not a DNS query";

  private final InetSocketAddress server;
  private final ForwardPort overTls;
  private final NamePlaces places;
  private final QueryPath path;
  private final Bypass bypass;
  private final LineBudget lines;
  private final Log log;
  private final Executor loop;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Set<KernelSockets.Owner> strangers = EnumSet.noneOf(KernelSockets.Owner.class);

  QueryHandler(
      InetSocketAddress server,
      ForwardPort overTls,
      NamePlaces places,
      QueryPath path,
      Bypass bypass,
      LineBudget lines,
      Log log,
      Executor loop) {
    this.server = server;
    this.overTls = overTls;
    this.places = places;
    this.path = path;
    this.bypass = bypass;
    this.lines = lines;
    this.log = log;
    this.loop = loop;
  }

  /** How many queries wait for a response over TLS. On any thread. */
  int inFlight() {
    return inFlight.get();
  }

  /** The server that the libraries chose. */
  InetSocketAddress server() {
    return server;
  }

  /**
   * Whether it is a socket of this process. The log reports other owners only once: otherwise they
   * could fill it.
   */
  boolean isServed(KernelSockets.Owner owner) {
    switch (owner) {
      case THIS_PROCESS:
        return true;
      case NOT_LISTED:
        return false; // a closed socket waits for no response
      default:
        log.write(
            strangers.add(owner) ? Level.WARN : Level.DEBUG,
            "the port that stands in for "
                + bypass.server()
                + " does not serve another "
                + (owner == KernelSockets.Owner.OTHER_USER ? "user" : "process")
                + " of this machine");
        return false;
    }
  }

  /** Whether a stream that is not DNS goes to the server unchanged; counts and logs it. */
  boolean passesStreams() {
    boolean passes = path.unroutable() == QueryPath.Way.IN_CLEAR;
    bypass.count(passes ? Bypass.Fate.IN_CLEAR : Bypass.Fate.REFUSED);
    say(
        "a stream to "
            + bypass.server()
            + (passes ? " leaves in the clear" : " is refused (bypass=block)")
            + ": it is not DNS");
    return passes;
  }

  /**
   * @param octets as they came
   */
  void handle(byte[] octets, LibraryClient asker) {
    try {
      choose(octets, asker);
    } catch (RuntimeException | Error failure) {
      bypass.count(Bypass.Fate.LOST);
      throw failure;
    }
  }

  private void choose(byte[] octets, LibraryClient asker) {
    ForwardedQuery query = ForwardedQuery.of(octets).orElse(null);
    QueryPath.Way way = query == null ? path.unroutable() : path.of(query);
    String obstacle = query == null ? NOT_DNS : query.obstacle();
    switch (way) {
      case OVER_TLS:
        askOverTls(query, octets, asker);
        return;
      case SYSTEM:
        bypass.count(Bypass.Fate.SYSTEM);
        asker.askInClear(octets);
        return;
      case IN_CLEAR:
        bypass.count(Bypass.Fate.IN_CLEAR);
        say("a query to " + bypass.server() + " leaves in the clear: " + obstacle);
        asker.askInClear(octets);
        return;
      case LOOPBACK:
        bypass.count(Bypass.Fate.ANSWERED);
        asker.answer(ForwardedResponse.loopback(query, asker.isOverUdp()));
        return;
      case NO_SUCH_NAME:
        bypass.count(Bypass.Fate.ANSWERED);
        asker.answer(ForwardedResponse.noSuchName(query, asker.isOverUdp()));
        return;
      default:
        bypass.count(Bypass.Fate.REFUSED);
        say("a query to " + bypass.server() + " is refused (bypass=block): " + obstacle);
        if (query != null) {
          asker.answer(ForwardedResponse.refused(query, obstacle, asker.isOverUdp()));
        } else {
          asker.unanswered();
        }
    }
  }

  private void say(String line) {
    String said = lines.spendOn(line);
    log.write(said == null ? Level.DEBUG : Level.WARN, said == null ? line : said);
  }

  private void askOverTls(ForwardedQuery query, byte[] octets, LibraryClient asker) {
    if (inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
      inFlight.decrementAndGet();
      if (!asker.isOverUdp()) {
        asker.answer(ForwardedResponse.failed(query, new IOException(TOO_MANY), false));
      } // otherwise dropped: the client asks again
      return;
    }
    CompletableFuture<byte[]> response;
    try {
      response = overTls.forward(query);
    } catch (RuntimeException | Error failure) {
      inFlight.decrementAndGet();
      throw failure;
    }
    response.whenComplete(new Arrival(query, octets, asker));
  }

  private final class Arrival implements BiConsumer<byte[], Throwable> {
    private final ForwardedQuery query;
    private final byte[] octets;
    private final LibraryClient asker;

    Arrival(ForwardedQuery query, byte[] octets, LibraryClient asker) {
      this.query = query;
      this.octets = octets;
      this.asker = asker;
    }

    @Override
    public void accept(byte[] response, Throwable failure) {
      try {
        arrived(response, failure);
      } finally {
        inFlight.decrementAndGet(); // last: by now the loop counts the query that it was given
      }
    }

    private void arrived(byte[] response, Throwable failure) {
      boolean mayFallBack = failure != null && !LookupFailure.isBogus(failure);
      if (mayFallBack && places.mayLeaveInClear(query.name())) {
        bypass.count(Bypass.Fate.IN_CLEAR);
        loop.execute(
            new Runnable() {
              @Override
              public void run() {
                asker.askInClear(octets);
              }
            });
        return;
      }
      bypass.count(Bypass.Fate.OVER_TLS);
      asker.answer(failure == null ? written(response) : failed(failure));
    }

    private byte[] written(byte[] response) {
      try {
        return ForwardedResponse.of(query, response, asker.isOverUdp());
      } catch (ResponseException | RuntimeException | Error unforeseen) {
        return failed(unforeseen);
      }
    }

    private byte[] failed(Throwable failure) {
      return ForwardedResponse.failed(query, failure, asker.isOverUdp());
    }
  }
}
