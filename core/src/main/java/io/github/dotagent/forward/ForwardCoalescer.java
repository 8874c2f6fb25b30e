package io.github.dotagent.forward;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.wire.ForwardedQuery;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Sends one query at a time for equal queries of libraries: they ask again after a second, and ask
 * their next server, while the first query is still in flight. Safe for use by any number of
 * threads.
 */
final class ForwardCoalescer implements ForwardPort {
  /**
   * No library waits this long for one query. An older query in flight was orphaned by an Error
   * (Thread.stop of the forwarder's thread), or its response comes too late. Then an equal query is
   * sent again, which costs one query more.
   */
  static final long ORPHANED_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final ForwardPort upstream;
  private final Timers timers;

  /**
   * By the query as it goes upstream: name, type and options. Guarded by itself, and no {@code
   * ConcurrentHashMap}: a library's thread that is stopped within one (Thread.stop, up to Java 19)
   * may leave it locked.
   */
  private final Map<ByteBuffer, Flight> inFlight = new HashMap<>();

  ForwardCoalescer(ForwardPort upstream, Timers timers) {
    this.upstream = upstream;
    this.timers = timers;
  }

  private static final class Flight extends CompletableFuture<byte[]> {
    private final long begun;

    Flight(long begun) {
      this.begun = begun;
    }
  }

  @Override
  public CompletableFuture<byte[]> forward(ForwardedQuery query) {
    final ByteBuffer asked = ByteBuffer.wrap(query.octets(query.wantsNoSubnet()));
    final Flight response = new Flight(timers.nanoTime());
    synchronized (inFlight) {
      Flight flying = inFlight.get(asked);
      if (flying != null && response.begun - flying.begun < ORPHANED_NANOS) {
        return flying;
      }
      inFlight.put(asked, response);
    }
    try {
      upstream
          .forward(query)
          .whenComplete(
              new BiConsumer<byte[], Throwable>() {
                @Override
                public void accept(byte[] octets, Throwable failure) {
                  ended(asked, response, octets, failure);
                }
              });
    } catch (RuntimeException | Error failure) {
      // if it stayed in the map, every later query would wait for it
      ended(asked, response, null, failure);
      throw failure;
    }
    return response;
  }

  /** The settings have changed: later queries join no query that began before. */
  void forget() {
    synchronized (inFlight) {
      inFlight.clear();
    }
  }

  private void ended(ByteBuffer asked, Flight response, byte[] octets, Throwable failure) {
    synchronized (inFlight) {
      inFlight.remove(asked, response);
    }
    if (failure == null) {
      response.complete(octets);
    } else {
      boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
      response.completeExceptionally(wrapped ? failure.getCause() : failure);
    }
  }
}
