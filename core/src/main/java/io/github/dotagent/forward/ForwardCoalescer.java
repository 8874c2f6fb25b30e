package io.github.dotagent.forward;

import io.github.dotagent.wire.ForwardedQuery;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/**
 * One query at a time for what libraries ask equally: they ask again after a second, and ask their
 * next server, while the first query is still on its way. Safe for use by any number of threads.
 */
final class ForwardCoalescer implements ForwardPort {
  private final ForwardPort upstream;

  /**
   * By the query as it goes upstream: name, type and what is wished besides. Guarded by itself, and
   * no {@code ConcurrentHashMap}: a library's thread that is stopped within one (Thread.stop, up to
   * Java 19) may leave it locked.
   */
  private final Map<ByteBuffer, CompletableFuture<byte[]>> inFlight = new HashMap<>();

  ForwardCoalescer(ForwardPort upstream) {
    this.upstream = upstream;
  }

  @Override
  public CompletableFuture<byte[]> forward(ForwardedQuery query) {
    final ByteBuffer asked = ByteBuffer.wrap(query.octets(query.wantsNoSubnet()));
    final CompletableFuture<byte[]> response = new CompletableFuture<>();
    CompletableFuture<byte[]> flying;
    synchronized (inFlight) {
      flying = inFlight.putIfAbsent(asked, response);
    }
    if (flying != null) {
      return flying;
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
      // left in the map, it would be what every later query waits for
      ended(asked, response, null, failure);
      throw failure;
    }
    return response;
  }

  private void ended(
      ByteBuffer asked, CompletableFuture<byte[]> response, byte[] octets, Throwable failure) {
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
