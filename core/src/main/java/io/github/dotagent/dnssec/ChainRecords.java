package io.github.dotagent.dnssec;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.upstream.SignedResponse;
import io.github.dotagent.wire.SignedQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * The DS and DNSKEY records between the anchors and the zones, fetched once for all that wait for
 * them, and cached. dnsjava's validator asks for them as often as it needs them. It still checks
 * each of them. Safe for use by any number of threads.
 */
final class ChainRecords {
  /** As many as dnsjava keeps keys, with a DS set for each: a program uses some hundred zones. */
  static final int MOST = 2_000;

  /**
   * A change of keys shows within an hour: zones roll them over days, and one that lost its keys is
   * back sooner.
   */
  private static final long MOST_SECONDS = TimeUnit.HOURS.toSeconds(1);

  /**
   * Of a response that is kept: more than the keys of a zone have that changes its algorithm. A
   * response is kept before it is judged, and a large one takes ten times its octets in the heap.
   */
  private static final int MOST_OCTETS = 4_096;

  /** Of all of them: 1 KB each. A server can make every response as large as is allowed. */
  static final int MOST_KEPT_OCTETS = MOST * 1_024;

  /** Both questions of a lookup, and those that follow it, share what the first has fetched. */
  private static final long LEAST_SECONDS = 5;

  private final RecordSource source;
  private final Executor workers;
  private final Timers timers;
  private final ConcurrentMap<String, CompletableFuture<Message>> inFlight =
      new ConcurrentHashMap<>();
  private final Object lock = new Object();

  // by use, the eldest first; guarded by lock
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptOctets; // guarded by lock

  /**
   * @param workers where what comes is read, and what waits for it goes on
   */
  ChainRecords(RecordSource source, Executor workers, Timers timers) {
    this.source = source;
    this.workers = workers;
    this.timers = timers;
  }

  /**
   * The response to this question, with the TTLs that are left: the validator keeps a key for the
   * TTL that it is given. The caller must not alter it.
   */
  CompletableFuture<Message> find(final Name name, final int type) {
    final String key = key(name, type);
    Message known = known(key);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    final CompletableFuture<Message> coming = new CompletableFuture<>();
    CompletableFuture<Message> flying = inFlight.putIfAbsent(key, coming);
    if (flying != null) {
      return flying;
    }
    try {
      source
          .records(new SignedQuery(name, type))
          .handle(
              new BiFunction<SignedResponse, Throwable, Void>() {
                @Override
                public Void apply(SignedResponse response, Throwable failure) {
                  onWorker(new Arrival(key, name, type, coming, response, failure));
                  return null;
                }
              });
    } catch (RuntimeException | Error broken) {
      inFlight.remove(key, coming);
      coming.completeExceptionally(broken);
    }
    return coming;
  }

  private void onWorker(Arrival arrival) {
    try {
      workers.execute(arrival);
    } catch (RuntimeException | Error broken) { // no thread is to be had
      inFlight.remove(arrival.key, arrival.coming);
      arrival.coming.completeExceptionally(broken);
    }
  }

  /**
   * An answer that depended on it was bogus: it may be the cause, and is fetched again when it is
   * needed, unless it has just come.
   */
  void doubt(Name name, int type) {
    String key = key(name, type);
    synchronized (lock) {
      Kept found = kept.get(key);
      if (found != null) {
        long soon = found.since + TimeUnit.SECONDS.toNanos(LEAST_SECONDS);
        if (found.until - soon > 0) {
          put(key, new Kept(found.message, found.octets, found.since, soon));
        }
      }
    }
  }

  private Message known(String key) {
    long now = timers.nanoTime();
    Kept found;
    synchronized (lock) {
      found = kept.get(key);
    }
    if (found == null || found.until - now <= 0) {
      return null;
    }
    return SignatureTimes.aged(found.message, TimeUnit.NANOSECONDS.toSeconds(now - found.since));
  }

  private static String key(Name name, int type) {
    return name.canonicalize() + "/" + type;
  }

  private void keep(String key, Message message, int octets) {
    long seconds = MOST_SECONDS; // as its TTLs are
    boolean any = false;
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      for (Record record : message.getSection(section)) {
        any = true;
        seconds = Math.min(seconds, record.getTTL());
        if (record instanceof SOARecord) {
          seconds = Math.min(seconds, ((SOARecord) record).getMinimum()); // RFC 2308 §5
        }
      }
    }
    long life = any ? Math.max(LEAST_SECONDS, seconds) : LEAST_SECONDS;
    long now = timers.nanoTime();
    synchronized (lock) {
      put(key, new Kept(message, octets, now, now + TimeUnit.SECONDS.toNanos(life)));
    }
  }

  /** With the lock. */
  private void put(String key, Kept found) {
    Kept before = kept.put(key, found);
    keptOctets += found.octets - (before == null ? 0 : before.octets);
    Iterator<Kept> eldest = kept.values().iterator();
    while (kept.size() > MOST || keptOctets > MOST_KEPT_OCTETS) {
      keptOctets -= eldest.next().octets;
      eldest.remove();
    }
  }

  private static final class Kept {
    final Message message;
    final int octets;
    final long since;
    final long until;

    Kept(Message message, int octets, long since, long until) {
      this.message = message;
      this.octets = octets;
      this.since = since;
      this.until = until;
    }
  }

  private final class Arrival implements Runnable {
    private final String key;
    private final Name name;
    private final int type;
    private final CompletableFuture<Message> coming;
    private final SignedResponse response;
    private final Throwable failure;

    Arrival(
        String key,
        Name name,
        int type,
        CompletableFuture<Message> coming,
        SignedResponse response,
        Throwable failure) {
      this.key = key;
      this.name = name;
      this.type = type;
      this.coming = coming;
      this.response = response;
      this.failure = failure;
    }

    @Override
    public void run() {
      Message message = null;
      Throwable reason = failure;
      try {
        if (reason == null) {
          ResponseFilter filter =
              ResponseFilter.of(new Message(response.octets()), name, type, null, null);
          if (filter.isTooMuch()) {
            throw new KeyLimits.ExceededException(filter.defect());
          }
          Instant now = Instant.ofEpochMilli(timers.epochMillis());
          Message whole = filter.whole();
          KeyLimits.check(whole, response.octets().length);
          long most = Math.min(MOST_SECONDS, SignatureTimes.secondsToKeep(whole, now));
          message = SignatureTimes.bounded(whole, most);
          if (response.octets().length <= MOST_OCTETS) {
            keep(key, message, response.octets().length);
          }
        }
      } catch (KeyLimits.ExceededException | IOException | RuntimeException | Error unreadable) {
        message = null;
        reason = unreadable;
      }
      inFlight.remove(key, coming);
      if (message != null) {
        coming.complete(message);
      } else {
        coming.completeExceptionally(reason);
      }
    }
  }
}
