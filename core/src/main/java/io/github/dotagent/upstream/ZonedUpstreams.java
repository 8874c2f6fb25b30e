package io.github.dotagent.upstream;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.wire.ForwardedChain;
import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.SignedQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Asks the servers of a name's zone, and follows a chain of aliases out of the zone. A server's
 * records do not count for a name that it may not speak for; that name goes to the servers for its
 * own suffix. If the servers of a zone fail, no others replace them. Safe for use by any number of
 * threads.
 */
public final class ZonedUpstreams implements Lookup {
  /**
   * The most names that are asked separately in one chain. systemd-resolved has the same limit
   * ({@code CNAME_REDIRECTS_MAX}), Unbound has eleven ({@code MAX_RESTART_COUNT}).
   */
  static final int MOST_RESTARTS = 16;

  /** The zone of all names that are in no zone of the settings. */
  private static final String DEFAULT = "";

  private final Function<String, String> zoneOf;
  private final Predicate<String> goesOverTls;
  private final Timers timers;
  private final Map<String, Part> byZone = new HashMap<>(); // never changed once made
  private volatile PartLookup partLookup; // null: nothing is checked
  private final List<Part> parts =
      new ArrayList<>(); // in the user's order, never changed once made

  /**
   * Asks the servers for a part of a chain: plainly as here, or with a check of the signatures.
   * Safe for use by any number of threads.
   */
  public interface PartLookup {
    /**
     * @param servers those of the name's zone
     * @param believed the names that they may speak for
     * @param begun when the whole lookup began, on the timers' clock
     */
    CompletableFuture<Answer> lookup(
        ZoneServers servers, Question question, Predicate<String> believed, long begun);

    /** The same for a library's query. */
    CompletableFuture<byte[]> forward(
        ZoneServers servers, ForwardedQuery query, Predicate<String> believed, long begun);
  }

  /** The servers of a zone, as a {@link PartLookup} asks them. */
  public static final class ZoneServers {
    private final UpstreamPool pool;

    ZoneServers(UpstreamPool pool) {
      this.pool = pool;
    }

    /** With the servers' verdict on the signatures (AD). */
    public CompletableFuture<Answer> lookupWithVerdict(
        Question question, Predicate<String> believed, long begun) {
      return pool.lookupWithVerdict(question, believed, begun);
    }

    /** As it is, unchecked. */
    public CompletableFuture<byte[]> forward(ForwardedQuery query, long begun) {
      return pool.forward(query, begun);
    }

    /** The same, with the servers' verdict on the signatures (AD). */
    public CompletableFuture<byte[]> forwardWithVerdict(ForwardedQuery query, long begun) {
      return pool.forwardWithVerdict(query, begun);
    }
  }

  /** Servers, and the names that they may speak for. */
  private final class Part implements Predicate<String> {
    private final UpstreamPool pool;
    private final ZoneServers servers;

    Part(UpstreamPool pool) {
      this.pool = pool;
      this.servers = new ZoneServers(pool);
    }

    /** Tells the chain the result; throws if it cannot be asked. */
    void lookup(Question question, long begun, AnswerChain told) {
      PartLookup checked = partLookup;
      if (checked == null) {
        pool.lookup(question, this, begun, told);
      } else {
        checked.lookup(servers, question, this, begun).handle(told);
      }
    }

    CompletableFuture<byte[]> forward(ForwardedQuery query, long begun) {
      PartLookup checked = partLookup;
      return checked == null
          ? pool.forward(query, begun)
          : checked.forward(servers, query, this, begun);
    }

    @Override
    public boolean test(String name) {
      return partOf(name) == this;
    }
  }

  /**
   * @param servers for the names that no zone has
   * @param zoned by the zone's name; zones may have a pool in common
   * @param zoneOf the zone of a name, as a question spells it; empty for none, and null when no
   *     server may be asked for it over TLS
   * @param goesOverTls whether a name, as a question spells it, is asked over TLS. A name of one
   *     label and this machine's own name are not, although a server may speak for them in an
   *     answer of its own
   */
  public ZonedUpstreams(
      UpstreamPool servers,
      Map<String, UpstreamPool> zoned,
      Function<String, String> zoneOf,
      Predicate<String> goesOverTls,
      Timers timers) {
    this.zoneOf = zoneOf;
    this.goesOverTls = goesOverTls;
    this.timers = timers;
    Map<UpstreamPool, Part> known = new HashMap<>();
    Part rest = new Part(servers);
    parts.add(rest);
    byZone.put(DEFAULT, rest);
    for (Map.Entry<String, UpstreamPool> zone : zoned.entrySet()) {
      Part part = known.get(zone.getValue());
      if (part == null) {
        part = new Part(zone.getValue());
        known.put(zone.getValue(), part);
        parts.add(part);
      }
      byZone.put(zone.getKey(), part);
    }
  }

  /** Sets how parts are looked up. Call it before the first lookup. */
  public void lookUpBy(PartLookup checked) {
    partLookup = checked;
  }

  /**
   * Records with their signatures, none of which is checked, from the servers of the name's zone.
   * The DS of a zone is the zone above's (RFC 4035 §3.1.4.1).
   */
  public CompletableFuture<SignedResponse> records(SignedQuery query) {
    Part part = partOf(query.zonedName());
    if (part == null) {
      CompletableFuture<SignedResponse> none = new CompletableFuture<>();
      none.completeExceptionally(noServer(query.zonedName()));
      return none;
    }
    return part.pool.records(query);
  }

  /**
   * The same, from another server of the name's zone; null when there is none.
   *
   * @param server the address of the one that is not asked
   */
  public CompletableFuture<SignedResponse> recordsFromAnother(SignedQuery query, String server) {
    Part part = partOf(query.zonedName());
    return part == null ? null : part.pool.recordsFromAnother(query, server);
  }

  /** Null when no server may be asked for the name. */
  private Part partOf(String name) {
    String zone = zoneOf.apply(name);
    return zone == null ? null : byZone.get(zone);
  }

  @Override
  public CompletableFuture<Answer> lookup(Question question) {
    AnswerChain chain = new AnswerChain(new Chain(question.name()), question.type());
    chain.ask(question);
    return chain;
  }

  /** The query of a library: the response, its chain of aliases followed as a lookup's is. */
  public CompletableFuture<byte[]> forward(ForwardedQuery query) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    new OctetsChain(new Chain(query.name()), query, result).ask(query);
    return result;
  }

  @Override
  public boolean isOutOfReach(String name) {
    Part part = partOf(name);
    return part != null && part.pool.isOutOfReach(name);
  }

  @Override
  public String doing(String name) {
    Part part = partOf(name);
    return part == null ? "" : part.pool.doing(name);
  }

  /** The status of each server, in the user's order; the servers of zones come last. */
  public List<UpstreamStatus> status() {
    List<UpstreamStatus> all = new ArrayList<>();
    for (Part part : parts) {
      all.addAll(part.pool.status());
    }
    return all;
  }

  /** A chain that is being followed. For one thread at a time. */
  private final class Chain {
    private final long begun = timers.nanoTime();
    private Part asked; // of the last name that was asked
    private Set<String> names; // null: only one name so far
    private String first;

    Chain(String name) {
      this.first = name;
    }

    /**
     * The servers to ask for the next name; null if it goes elsewhere.
     *
     * @throws LookupFailure if the chain is too long
     */
    Part next(String name, String server) throws LookupFailure {
      if (names == null) {
        names = new HashSet<>(Collections.singleton(first));
      }
      if (!names.add(name)) {
        throw endless("aliases form a loop, at " + name, server);
      }
      if (names.size() > MOST_RESTARTS + 1) {
        throw endless("more than " + MOST_RESTARTS + " aliases", server);
      }
      asked = goesOverTls.test(name) ? partOf(name) : null;
      return asked;
    }

    private LookupFailure endless(String reason, String server) {
      return LookupFailure.of(
          Collections.singletonList(
              new LookupFailure.Attempt(
                  server, LookupFailure.Kind.MALFORMED, reason, new ResponseFailed(reason))));
    }
  }

  /** A reason without a stack trace, because the threads that make it serve other lookups too. */
  private static final class ResponseFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ResponseFailed(String reason) {
      super(reason, null, false, false);
    }
  }

  private static LookupFailure noServer(String name) {
    String reason = "may be asked for " + name + ": its suffix belongs to other servers";
    return LookupFailure.of(
        Collections.singletonList(
            new LookupFailure.Attempt(
                "no upstream",
                LookupFailure.Kind.UNREACHABLE,
                reason,
                new ResponseFailed("no upstream " + reason))));
  }

  /**
   * The future of the whole answer; it learns each part's result. A function and no consumer,
   * because a failure that a future hands on costs a new exception.
   */
  private final class AnswerChain extends CompletableFuture<Answer>
      implements BiFunction<Answer, Throwable, Void> {
    private final Chain chain;
    private final RecordType type;
    private long ttl = Long.MAX_VALUE; // of the aliases so far
    private SecurityStatus security = SecurityStatus.SECURE; // the weakest of them

    AnswerChain(Chain chain, RecordType type) {
      this.chain = chain;
      this.type = type;
    }

    void ask(Question question) {
      Part part = partOf(question.name());
      if (part == null) {
        completeExceptionally(noServer(question.name()));
      } else {
        part.lookup(question, chain.begun, this);
      }
    }

    @Override
    public Void apply(Answer answer, Throwable failure) {
      if (failure != null) {
        completeExceptionally(failure);
        return null;
      }
      try {
        security = security.and(answer.security());
        Answer so = answer.withTtlAtMost(ttl).with(security);
        String next = so.continuesAt();
        Part part = next == null ? null : chain.next(next, so.server());
        if (part == null) {
          complete(chain.names == null ? so : so.aliased());
        } else {
          ttl = so.ttlSeconds();
          part.lookup(Question.of(next, type), chain.begun, this);
        }
      } catch (LookupFailure endless) {
        completeExceptionally(endless);
      } catch (RuntimeException | Error unforeseen) {
        // an exception in a callback is lost, and the caller would wait
        completeExceptionally(unforeseen);
      }
      return null;
    }
  }

  /** The same for octets: the accepted parts of each response make the final one. */
  private final class OctetsChain implements BiFunction<byte[], Throwable, Void> {
    private final Chain chain;
    private final CompletableFuture<byte[]> result;
    private final ForwardedChain responses;

    OctetsChain(Chain chain, ForwardedQuery query, CompletableFuture<byte[]> result) {
      this.chain = chain;
      this.result = result;
      this.responses = new ForwardedChain(query);
    }

    void ask(ForwardedQuery query) {
      chain.asked = partOf(query.name());
      if (chain.asked == null) {
        result.completeExceptionally(noServer(query.name()));
      } else {
        chain.asked.forward(query, chain.begun).handle(this);
      }
    }

    @Override
    public Void apply(byte[] response, Throwable failure) {
      if (failure != null) {
        result.completeExceptionally(failure);
        return null;
      }
      try {
        ForwardedQuery next = responses.add(response, chain.asked);
        Part part = next == null ? null : chain.next(next.name(), "a library's query");
        if (part == null) {
          result.complete(responses.octets());
        } else {
          part.forward(next, chain.begun).handle(this);
        }
      } catch (LookupFailure | ResponseException refused) {
        result.completeExceptionally(refused);
      } catch (RuntimeException | Error unforeseen) {
        result.completeExceptionally(unforeseen);
      }
      return null;
    }
  }
}
