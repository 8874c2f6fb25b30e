package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.wire.ForwardedQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ForwardCoalescerTest {
  private static final String COUNTS = "0001000000000000"; // one question
  private static final String WWW = "03777777076578616d706c6500"; // www.example
  private static final String UPPER = "03575757076578616d706c6500"; // WWW.example
  private static final String A = "00010001";
  private static final String SRV = "00210001";

  private final List<CompletableFuture<byte[]>> upstream = new ArrayList<>();
  private Error error; // of the upstream; null: none

  private final ManualTimers timers = new ManualTimers();
  private final ForwardCoalescer coalescer =
      new ForwardCoalescer(
          query -> {
            if (error != null) {
              throw error;
            }
            upstream.add(new CompletableFuture<>());
            return upstream.get(upstream.size() - 1);
          },
          timers);

  @Test
  void equalQueriesInFlightAreSentOnce() throws Exception {
    List<CompletableFuture<byte[]>> all = new ArrayList<>();
    for (int id = 0; id < 16; id++) {
      all.add(forward(String.format("%04x0100", id) + COUNTS + WWW + SRV));
    }
    all.add(forward("ffff0100" + COUNTS + UPPER + SRV));
    assertEquals(1, upstream.size());
    byte[] response = {1};
    upstream.get(0).complete(response);
    for (CompletableFuture<byte[]> one : all) {
      assertArrayEquals(response, one.get());
    }
  }

  @Test
  void anotherTypeOrFlagIsAnotherQuery() {
    forward("00000100" + COUNTS + WWW + A);
    forward("00000100" + COUNTS + WWW + SRV);
    forward("00000110" + COUNTS + WWW + A); // CD
    forward("00000120" + COUNTS + WWW + A); // AD
    assertEquals(4, upstream.size());
  }

  @Test
  void anEqualQueryAfterTheResponseIsSentAgain() {
    String query = "00000100" + COUNTS + WWW + A;
    CompletableFuture<byte[]> first = forward(query);
    IllegalStateException reason = new IllegalStateException("nobody there");
    upstream.get(0).completeExceptionally(new CompletionException(reason));
    assertSame(reason, first.handle((response, failure) -> failure).join());
    CompletableFuture<byte[]> second = forward(query);
    assertEquals(2, upstream.size());
    upstream.get(1).completeExceptionally(reason);
    assertSame(reason, second.handle((response, failure) -> failure).join());
    CompletableFuture<byte[]> third = forward(query);
    CompletionException without = new CompletionException("of a test", null);
    upstream.get(2).completeExceptionally(without);
    assertSame(without, third.handle((response, failure) -> failure).join());
  }

  @Test
  void anErrorDoesNotBlockTheNextEqualQuery() {
    String query = "00000100" + COUNTS + WWW + A;
    error = new OutOfMemoryError("of a test");
    assertThrows(OutOfMemoryError.class, () -> forward(query));
    error = null;
    forward(query);
    assertEquals(1, upstream.size());
  }

  /** A thread that is stopped leaves it in the map: no later query may wait for it. */
  @Test
  void anOrphanedQueryIsSentAgain() throws Exception {
    String query = "00000100" + COUNTS + WWW + A;
    CompletableFuture<byte[]> orphaned = forward(query);
    timers.advance(Duration.ofNanos(ForwardCoalescer.ORPHANED_NANOS - 1));
    assertSame(orphaned, forward(query));
    timers.advance(Duration.ofNanos(1));
    CompletableFuture<byte[]> anew = forward(query);
    assertEquals(2, upstream.size());
    upstream.get(0).complete(new byte[] {1}); // a late response: the new callers do not get it
    assertSame(anew, forward(query));
    byte[] response = {2};
    upstream.get(1).complete(response);
    assertArrayEquals(response, anew.get());
    forward(query);
    assertEquals(3, upstream.size());
  }

  private CompletableFuture<byte[]> forward(String query) {
    return coalescer.forward(ForwardedQuery.of(HexFormat.of().parseHex(query)).orElseThrow());
  }

  /** The flight of the previous servers ends for those that wait, and for no other. */
  @Test
  void afterAChangeOfServersEqualQueriesAreSentAgain() throws Exception {
    String query = "00000100" + COUNTS + WWW + A;
    CompletableFuture<byte[]> before = forward(query);
    coalescer.forget();
    CompletableFuture<byte[]> after = forward(query);
    assertEquals(2, upstream.size());
    upstream.get(0).complete(new byte[] {1});
    assertSame(after, forward(query));
    upstream.get(1).complete(new byte[] {2});
    assertArrayEquals(new byte[] {1}, before.get());
    assertArrayEquals(new byte[] {2}, after.get());
  }
}
