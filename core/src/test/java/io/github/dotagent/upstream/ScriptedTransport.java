package io.github.dotagent.upstream;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.DotEndpoint;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.dot.ExchangeFailures;
import io.github.dotagent.dot.IdleLimit;
import io.github.dotagent.dot.ResponseHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A way to a server that does what a test says, and remembers what was asked. For one thread. */
final class ScriptedTransport implements Transport {
  /** One query, as it was given. */
  final class Asked {
    private final byte[] query;
    private final long askedAt = timers.nanoTime();
    private final long deadlineNanos;
    private final ResponseHandler handler;
    private boolean done;

    private Asked(byte[] query, long deadlineNanos, ResponseHandler handler) {
      this.query = query;
      this.deadlineNanos = deadlineNanos;
      this.handler = handler;
    }

    byte[] query() {
      return query;
    }

    long deadlineNanos() {
      return deadlineNanos;
    }

    boolean isDone() {
      return done;
    }

    void respond(byte[] message) {
      open = true;
      if (!done) {
        done = true;
        handler.responded(message, timers.nanoTime() - askedAt, new IdleLimit());
      }
    }

    void answer(String address) {
      respond(Responses.address(query, address));
    }

    void rcode(int rcode) {
      respond(Responses.rcode(query, rcode));
    }

    void loop() {
      respond(Responses.loop(query));
    }

    /** The server is in trouble, and may still answer. */
    void trouble(ExchangeFailure trouble) {
      handler.inTrouble(trouble);
    }

    void fail(ExchangeFailure failure) {
      if (!done) {
        done = true;
        handler.failed(failure);
      }
    }
  }

  /** Thrown by the next exchanges, as when memory runs out; null: none. */
  Error broken;

  private final Timers timers;
  private final List<Asked> asked = new ArrayList<>();
  private CompletableFuture<Void> warming;
  private int warmedUp;
  private boolean open;
  boolean ourTurn; // while it is being connected to
  String doing = "";

  /** Whether it shows life on other connections. */
  boolean lives;

  ScriptedTransport(Timers timers) {
    this.timers = timers;
  }

  @Override
  public boolean isOurTurn(long nanos) {
    return ourTurn;
  }

  @Override
  public String doing() {
    return doing;
  }

  @Override
  public void exchange(byte[] query, long deadlineNanos, ResponseHandler handler) {
    asked.add(new Asked(query, deadlineNanos, handler));
    if (broken != null) {
      last().fail(ExchangeFailures.brokenOff());
      throw broken;
    }
  }

  @Override
  public CompletableFuture<Void> warmUp() {
    warmedUp++;
    warming = new CompletableFuture<>();
    return warming;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean hasLivedSince(long moment) {
    return lives;
  }

  @Override
  public int connections() {
    return open ? 1 : 0;
  }

  @Override
  public DotEndpoint server() {
    return new DotEndpoint(new InetSocketAddress(853), null, "a server");
  }

  /** Connected, or no longer. */
  void setOpen(boolean connected) {
    open = connected;
  }

  /** The result of connecting. */
  CompletableFuture<Void> warming() {
    return warming;
  }

  int warmedUp() {
    return warmedUp;
  }

  int count() {
    return asked.size();
  }

  Asked last() {
    return asked.get(asked.size() - 1);
  }

  /** All that were given, the first one first. */
  List<Asked> all() {
    return asked;
  }

  /** Answers everything that is still open, as a server that is back. */
  void answerAll(String address) {
    for (Asked one : List.copyOf(asked)) {
      if (!one.isDone()) {
        one.answer(address);
      }
    }
  }
}
