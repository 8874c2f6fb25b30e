package io.github.dotagent.dot;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a server sends on a connection: frames, and which query each of them responds to. */
public final class FramesFuzz implements FuzzTarget {
  private static final byte[] QUERY = Messages.query("www.example.com");
  private static final int ID = 0x1234;

  @Override
  public void read(byte[] octets) {
    FuzzInput input = new FuzzInput(octets);
    int atOnce = input.octet() + 1;
    PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> ID + n));
    PendingQuery first = Exchanges.of(QUERY);
    first.sent(pending.add(first), 0);
    PendingQuery abandoned = Exchanges.of(QUERY);
    abandoned.sent(pending.add(abandoned), 0);
    pending.abandon(abandoned);
    InputStream in = new InPieces(input.rest(), atOnce);
    try {
      for (byte[] message = Frames.read(in); message != null; message = Frames.read(in)) {
        Findings.check(message.length >= 12, "a message without a header");
        if (pending.match(message) == PendingQueries.Match.WRONG_QUESTION) {
          return; // the connection ends
        }
      }
    } catch (ExchangeFailure malformed) {
      Findings.checkIsLine(malformed.getMessage());
    } catch (IOException lost) {
      // it ended within a message
    }
    if (Exchanges.response(first).isDone()) {
      byte[] response = Exchanges.response(first).join();
      Findings.check(Messages.idOf(response) == first.id(), "a response of another query");
    }
  }

  /** Gives a few octets at a time, as TCP may. */
  private static final class InPieces extends ByteArrayInputStream {
    private final int atOnce;

    InPieces(byte[] octets, int atOnce) {
      super(octets);
      this.atOnce = atOnce;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, atOnce));
    }
  }
}
