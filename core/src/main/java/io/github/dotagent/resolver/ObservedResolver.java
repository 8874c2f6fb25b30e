package io.github.dotagent.resolver;

import io.github.dotagent.answer.Source;
import io.github.dotagent.concurrent.StackRoom;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.metrics.LookupWatch;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * {@code mode=observe}: the program gets the system resolver's answer, the same objects in the same
 * order. The agent's own work comes afterwards, and neither an exception nor an Error of it reaches
 * the program. Safe for use by any number of threads.
 */
public final class ObservedResolver implements HostResolver {
  private final SystemResolver system;
  private final CountedSystem counted;
  private final WatchedResolver watched;
  private final SystemAnswerObserver observer;

  /**
   * @param system asked on the program's threads
   * @param counted learns of each name
   * @param watched counts each lookup and tells watchers of it; is not asked
   */
  public ObservedResolver(
      SystemResolver system,
      CountedSystem counted,
      WatchedResolver watched,
      SystemAnswerObserver observer) {
    this.system = system;
    this.counted = counted;
    this.watched = watched;
    this.observer = observer;
  }

  @Override
  public InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    LookupWatch watching = begun();
    InetAddress[] found = null;
    UnknownHostException refusal = null;
    try {
      found = system.addresses(host, order);
    } catch (UnknownHostException refused) {
      refusal = refused;
    }
    afterwards(host, order, found, refusal, watching);
    if (refusal != null) {
      throw refusal;
    }
    return found;
  }

  /** A lookup that was answered before this existed. */
  public void before(
      String host, AddressFamilyPolicy order, InetAddress[] found, UnknownHostException refusal) {
    afterwards(host, order, found, refusal, null);
  }

  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    LookupWatch watching = begun();
    String found = null;
    UnknownHostException refusal = null;
    try {
      found = system.nameOf(address);
    } catch (UnknownHostException refused) {
      refusal = refused;
    }
    afterwards(address, found, refusal, watching);
    if (refusal != null) {
      throw refusal;
    }
    return found;
  }

  /** Null: it is not watched. */
  private LookupWatch begun() {
    try {
      StackRoom.prove();
      return watched.begins();
    } catch (ThreadDeath stop) {
      throw stop; // of the program's, to its thread
    } catch (Throwable ours) { // the program must get its answer
      return null;
    }
  }

  private void afterwards(
      String host,
      AddressFamilyPolicy order,
      InetAddress[] found,
      UnknownHostException refusal,
      LookupWatch watching) {
    try {
      StackRoom.prove(); // before anything that other threads need as well
      counted.add(host);
      watched.ended(host, result(found, refusal, host), watching);
      observer.seen(host, order, found);
    } catch (ThreadDeath stop) {
      throw stop;
    } catch (Throwable ours) { // the program has its answer
      return;
    }
  }

  private void afterwards(
      byte[] address, String found, UnknownHostException refusal, LookupWatch watching) {
    try {
      StackRoom.prove();
      counted.add(address);
      watched.ended(address, result(found, refusal, ""), watching);
    } catch (ThreadDeath stop) {
      throw stop;
    } catch (Throwable ours) {
      return;
    }
  }

  private static <T> NameResult<T> result(T found, UnknownHostException refusal, String host) {
    if (refusal == null) {
      return NameResult.found(found, Source.OBSERVE);
    }
    boolean negative = host.isEmpty() || SystemNames.saysNothing(refusal, host);
    LookupOutcome outcome = negative ? LookupOutcome.NO_SUCH_NAME : LookupOutcome.SYSTEM_FAILURE;
    return NameResult.refused(refusal, outcome, Source.OBSERVE, null);
  }
}
