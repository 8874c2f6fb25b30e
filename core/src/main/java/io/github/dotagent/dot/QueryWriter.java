package io.github.dotagent.dot;

import io.github.dotagent.support.Timers;
import io.github.dotagent.tls.TlsFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;

/**
 * The thread that connects, then sends what is queued. A thread of its own, for a caller that wrote
 * by itself could be held up by a server that no longer reads, and, being a virtual thread with its
 * interrupt flag set, would close the socket for everyone.
 *
 * <p>Each query is a TLS record of its own: dnsdist 1.7.3 reads one query of a record and leaves
 * the others lying until the connection is closed.
 */
final class QueryWriter implements Runnable {
  /** Queued to make the writer look whether the connection has ended. */
  static final Exchange WAKE_UP = new Exchange(new byte[0]);

  private final DotConnection connection;
  private final Link link;
  private final BlockingQueue<Exchange> queue;
  private final PendingQueries pending;
  private final Timers timers;
  private Exchange current;

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
      failCurrent();
    }
  }

  /** What was in its hands when it failed is neither in the queue nor in flight. */
  private void failCurrent() {
    if (current != null) {
      current.response().completeExceptionally(connection.end());
    }
  }

  private void sendNext(OutputStream out) throws IOException, InterruptedException {
    current = queue.take();
    connection.taken();
    if (current == WAKE_UP || current.isDone()) {
      return;
    }
    int id = pending.add(current);
    if (id < 0) {
      current
          .response()
          .completeExceptionally(ExchangeFailure.unreachable("too many queries in flight", null));
      return;
    }
    current.sent(id, timers.nanoTime());
    ExchangeFailure end = connection.end();
    if (end != null) {
      // it ended, and may have drained what is in flight before this one was added
      pending.remove(current);
      current.response().completeExceptionally(end);
    } else if (current.isDone()) {
      pending.remove(current); // given up while it was being added
    } else {
      out.write(Frames.of(current.query(), id));
      out.flush();
    }
  }
}
