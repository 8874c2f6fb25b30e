package io.github.dotagent.dot;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The thread that reads the server's messages and completes the queries that they answer. */
final class ResponseReader implements Runnable {
  /** After this many responses in a row that match no query, the server counts as broken. */
  private static final int MOST_UNASKED = 1_000;

  private final Connection connection;
  private final Link link;
  private final PendingQueries pending;
  private int unasked;

  ResponseReader(Connection connection, Link link, PendingQueries pending) {
    this.connection = connection;
    this.link = link;
    this.pending = pending;
  }

  @Override
  public void run() {
    try {
      connection.reads(Thread.currentThread());
      InputStream in = new BufferedInputStream(link.in());
      for (byte[] message = Frames.read(in); message != null; message = Frames.read(in)) {
        connection.heard();
        if (pending.size() > 1 && in.available() == 0) {
          // more responses are to come: acknowledge before the woken callers take the processor
          link.acknowledge();
        }
        accept(message);
        connection.endIfDrained();
      }
      connection.end(ExchangeFailure.unreachable("the server closed the connection", null));
    } catch (ExchangeFailure broken) {
      connection.end(broken);
    } catch (IOException lost) {
      connection.end(ExchangeFailure.lost(lost));
    } catch (RuntimeException | Error unforeseen) {
      connection.end(ExchangeFailure.unforeseen(unforeseen));
    }
  }

  private void accept(byte[] message) throws ExchangeFailure {
    switch (pending.match(message)) {
      case RESPONSE:
        unasked = 0;
        connection.answered();
        return;
      case LATE:
        unasked = 0;
        return;
      case WRONG_QUESTION:
        throw ExchangeFailure.malformed("answered another question");
      default:
        if (++unasked > MOST_UNASKED) {
          throw ExchangeFailure.malformed("sends responses that match no query");
        }
    }
  }
}
