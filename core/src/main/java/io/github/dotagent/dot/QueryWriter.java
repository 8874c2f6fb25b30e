package io.github.dotagent.dot;

import io.github.dotagent.support.Timers;
import io.github.dotagent.tls.TlsFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/**
 * The thread that connects, then sends what is queued, as much as there is in one write. A thread
 * of its own, for a caller that wrote by itself could be held up by a server that no longer reads,
 * and, being a virtual thread with its interrupt flag set, would close the socket for everyone.
 */
final class QueryWriter implements Runnable {
  /** Queued to make the writer look whether the connection has ended. */
  static final Exchange WAKE_UP = new Exchange(new byte[0]);

  /** Padded queries of 128 octets with their lengths: as many as fill a TLS record of 16 KiB. */
  private static final int MOST_IN_ONE_WRITE = 126;

  private final DotConnection connection;
  private final Link link;
  private final BlockingQueue<Exchange> queue;
  private final PendingQueries pending;
  private final Timers timers;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private final List<Exchange> batch = new ArrayList<>(MOST_IN_ONE_WRITE);

  QueryWriter(
      DotConnection connection,
      Link link,
      BlockingQueue<Exchange> queue,
      PendingQueries pending,
      Timers timers) {
    this.connection = connection;
    this.link = link;
    this.queue = queue;
    this.pending = pending;
    this.timers = timers;
  }

  @Override
  public void run() {
    try {
      link.open();
      connection.opened();
      OutputStream out = link.out();
      while (!connection.hasEnded()) {
        sendNext(out);
      }
    } catch (TlsFailure refused) {
      connection.end(ExchangeFailure.of(refused));
    } catch (IOException lost) {
      connection.end(lost);
    } catch (InterruptedException nobodyDoesThat) {
      connection.end(ExchangeFailure.unreachable("interrupted", nobodyDoesThat));
    } catch (RuntimeException | Error unforeseen) {
      // a provider's defect, say: queries must not wait on a thread that is gone
      connection.end(ExchangeFailure.unreachable("failed with " + unforeseen, unforeseen));
      failBatch();
    }
  }

  /** What was in its hands when it failed is neither in the queue nor in flight. */
  private void failBatch() {
    for (Exchange exchange : batch) {
      exchange.response().completeExceptionally(connection.end());
    }
  }

  private void sendNext(OutputStream out) throws IOException, InterruptedException {
    batch.add(queue.take());
    queue.drainTo(batch, MOST_IN_ONE_WRITE - 1);
    long now = timers.nanoTime();
    for (Exchange exchange : batch) {
      if (exchange != WAKE_UP && !exchange.isDone()) {
        add(exchange, now);
      }
    }
    batch.clear();
    if (octets.size() > 0) {
      octets.writeTo(out);
      out.flush();
      octets.reset();
    }
  }

  private void add(Exchange exchange, long now) {
    int id = pending.add(exchange);
    if (id < 0) {
      exchange
          .response()
          .completeExceptionally(ExchangeFailure.unreachable("too many queries in flight", null));
      return;
    }
    exchange.sent(id, now);
    Frames.append(octets, exchange.query(), id);
    if (exchange.isDone()) {
      pending.remove(exchange); // given up while it was being added
    }
    ExchangeFailure end = connection.end();
    if (end != null) {
      pending.remove(exchange); // the connection ended, and may have drained before it was added
      exchange.response().completeExceptionally(end);
    }
  }
}
