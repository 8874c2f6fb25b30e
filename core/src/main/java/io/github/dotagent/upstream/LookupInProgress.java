package io.github.dotagent.upstream;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.concurrent.Timers;
import java.util.ArrayList;
import java.util.List;

/**
 * One question in progress. It goes to one server, and to the next one if that server fails or
 * takes longer than usual. The first answer counts. Every server that was asked may answer until
 * the deadline. Safe for use by any number of threads.
 */
final class LookupInProgress<T> {
  private final EncodedQuery<T> query;
  private final List<Upstream> order;
  private final HedgeBudget budget;
  private final Timers timers;
  private final long deadline;
  private final Result<T> result;

  private final Object lock = new Object();
  private final List<LookupFailure.Attempt> failed = new ArrayList<>(); // guarded by lock
  private int next; // guarded by lock
  private int waiting; // guarded by lock; how many servers may still answer
  private Timers.Timer patience; // guarded by lock; of the server that was asked last

  /**
   * Takes the outcome: an answer, or a {@link LookupFailure}. Safe for use by any number of
   * threads.
   */
  interface Result<T> {
    /** The first one counts; later ones are dropped. */
    void end(T answer, Throwable failure);

    /** Whether there has been one. */
    boolean isOver();
  }

  /**
   * @param order the servers in the order in which they are asked; at least one
   * @param deadline on the timer's clock
   */
  LookupInProgress(
      EncodedQuery<T> query,
      List<Upstream> order,
      HedgeBudget budget,
      Timers timers,
      long deadline,
      Result<T> result) {
    this.result = result;
    this.query = query;
    this.order = order;
    this.budget = budget;
    this.timers = timers;
    this.deadline = deadline;
  }

  /** The result comes by the deadline. */
  void begin() {
    askNext();
  }

  private void askNext() {
    Upstream upstream;
    synchronized (lock) {
      if (result.isOver() || next == order.size()) {
        return;
      }
      upstream = order.get(next);
      stopWaiting();
      if (next + 1 < order.size()) {
        // set before the server is asked: the end of the lookup must find this timer to cancel it
        long now = timers.nanoTime();
        // so that the last of the servers, too, still has time to answer
        long share = Math.max(0, deadline - now) / (order.size() - next);
        long usual = HedgeDelay.with(upstream);
        patience =
            timers.unlessCancelled(Math.min(usual, share), new Late(upstream, now, share, usual));
      }
      next++; // only now: if setting the timer ran out of memory, nothing has begun
      waiting++;
    }
    try {
      Attempted attempted = new Attempted(upstream);
      upstream.ask(query, deadline, attempted);
      attempted.askReturned();
    } catch (Throwable broken) {
      notAsked(broken);
      throw broken;
    }
  }

  /**
   * An Error occurred, for lack of stack or memory, and is thrown again. The server owes no answer.
   * If no other server does, the lookup is over, because no timer is left to end it.
   */
  private void notAsked(Throwable broken) {
    boolean over;
    synchronized (lock) {
      waiting--;
      over = waiting == 0;
      if (over) {
        stopWaiting();
      }
    }
    if (over) {
      result.end(null, broken);
    }
  }

  private void stopWaiting() {
    if (patience != null) {
      patience.cancel();
      patience = null;
    }
  }

  private void answered(T answer) {
    synchronized (lock) {
      stopWaiting();
    }
    result.end(answer, null);
  }

  private void failed(LookupFailure.Attempt attempt) {
    boolean goOn;
    LookupFailure end = null;
    synchronized (lock) {
      failed.add(attempt);
      waiting--;
      goOn = next < order.size() && deadline - timers.nanoTime() > 0;
      if (!goOn && waiting == 0) {
        stopWaiting();
        end = LookupFailure.of(failed);
      }
    }
    if (goOn) {
      askNext();
    } else if (end != null) {
      result.end(null, end);
    }
  }

  /**
   * The result from one server. A result before {@link Upstream#ask} has returned waits until then:
   * the call may still throw, and then nothing was asked.
   */
  private final class Attempted implements Upstream.Asker<T> {
    private final Upstream upstream;
    private boolean asked; // guarded by this, as the next four
    private boolean said;
    private T answer;
    private LookupFailure.Attempt attempt;
    private Throwable unforeseen;

    Attempted(Upstream upstream) {
      this.upstream = upstream;
    }

    @Override
    public void answered(T came) {
      end(came, null, null);
    }

    @Override
    public void failed(LookupFailure.Attempt failure) {
      end(null, failure, null);
    }

    @Override
    public void broken(Throwable thrown) {
      end(null, null, thrown);
    }

    private void end(T came, LookupFailure.Attempt failure, Throwable thrown) {
      synchronized (this) {
        if (!asked) {
          said = true;
          answer = came;
          attempt = failure;
          unforeseen = thrown;
          return;
        }
      }
      goOn(came, failure, thrown);
    }

    void askReturned() {
      synchronized (this) {
        asked = true;
        if (!said) {
          return;
        }
      }
      goOn(answer, attempt, unforeseen);
    }

    private void goOn(T came, LookupFailure.Attempt failure, Throwable thrown) {
      try {
        if (failure != null) {
          LookupInProgress.this.failed(failure);
        } else if (thrown == null) {
          LookupInProgress.this.answered(came);
        } else {
          result.end(null, thrown);
        }
      } catch (RuntimeException | Error broken) {
        // e.g. out of memory: the caller would wait
        result.end(null, broken);
      }
    }

    /** The server continues to try. If it was asked last, the next server is asked as well. */
    @Override
    public void inTrouble() {
      boolean isLast;
      synchronized (lock) {
        isLast = order.get(next - 1) == upstream;
      }
      if (isLast) {
        askNext();
      }
    }
  }

  /** The server that was asked last has not answered within its usual time. */
  private final class Late implements Runnable {
    private final Upstream upstream;
    private final long askedAt;
    private final long share;
    private final long usual;
    private boolean shareIsOver;
    private long due;

    Late(Upstream upstream, long askedAt, long share, long usual) {
      this.upstream = upstream;
      this.askedAt = askedAt;
      this.share = share;
      this.usual = usual;
      this.shareIsOver = share <= usual;
      this.due = askedAt + Math.min(share, usual);
    }

    @Override
    public void run() {
      long now = timers.nanoTime();
      UpstreamStats standing = upstream.standing();
      long ourLateness = Math.max(now - due, timers.latenessNanos());
      boolean heard = standing.heardSince(askedAt);
      boolean ours = ourLateness * UpstreamStats.OUR_PART >= now - askedAt;
      if (!shareIsOver && upstream.isOurTurn(usual)) {
        // a second handshake would slow down the first one of this young JVM
        again(now + usual);
        return;
      }
      if (ourLateness >= RoundTrip.LEAST_MARGIN_NANOS && (heard || ours && !shareIsOver)) {
        // this machine is slow: the answer may be here, and another query is more work
        again(now + Math.max(usual, ourLateness));
        return;
      }
      standing.markLate(askedAt);
      if (shareIsOver || nextOneAnswersWhileThisOneIsSilent() || budget.spend()) {
        askNext();
        return;
      }
      again(askedAt + share);
    }

    /** If a server is silent and another one takes its load, that is not twice the load. */
    private boolean nextOneAnswersWhileThisOneIsSilent() {
      Upstream other;
      synchronized (lock) {
        other = next < order.size() ? order.get(next) : null;
      }
      return other != null
          && upstream.standing().isLate()
          && !other.standing().isLate()
          && other.standing().heardSince(askedAt);
    }

    private void again(long at) {
      long now = timers.nanoTime();
      long delay = Math.min(at - now, deadline - now);
      if (delay <= 0 && shareIsOver) {
        return; // the queries in flight end by themselves
      }
      synchronized (lock) {
        if (!result.isOver()) {
          due = now + Math.max(0, delay);
          shareIsOver |= due - (askedAt + share) >= 0;
          patience = timers.unlessCancelled(due - now, this);
        }
      }
    }
  }
}
