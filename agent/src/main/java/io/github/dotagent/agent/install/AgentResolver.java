package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.ProbeName;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.concurrent.StackRoom;
import io.github.dotagent.concurrent.UninterruptibleWait;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * What the hook calls: answers the probe itself and hands everything else to the core, which is
 * made by a thread of the agent's while the program already starts. That takes milliseconds, and no
 * connection is waited for here.
 */
final class AgentResolver implements HostResolver {
  private final long timeoutNanos;

  /** Opens when the core is made or has failed; a future's VarHandles would cost start-up time. */
  private final CountDownLatch started = new CountDownLatch(1);

  private volatile HostResolver core; // set before the latch opens, unless it failed
  private volatile Throwable failure; // set before the latch opens, if it failed

  /** The thread that puts the agent in place; null once that is done. */
  private volatile Thread installing = Thread.currentThread();

  AgentResolver(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  /**
   * Makes the core in a thread of its own; returns at once. Lookups wait until it is made.
   *
   * @param afterwards what need not be waited for here, on the same thread
   */
  void start(final Callable<HostResolver> making, final Runnable afterwards) {
    installing = null;
    Runnable start =
        new Runnable() {
          @Override
          public void run() {
            try {
              core = making.call();
              PrivilegedResolver.of(core); // its class is loaded before the first lookup comes
            } catch (Exception | Error broken) {
              failure = broken; // every lookup says so; none goes another way
              return;
            } finally {
              started.countDown();
            }
            afterwards.run();
          }
        };
    AgentThread.of("start", start).start();
  }

  @Override
  public InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    StackRoom.prove(); // before anything that other threads need as well
    if (ProbeName.is(host)) {
      return ProbeName.answer(host);
    }
    return PrivilegedResolver.of(core(host)).addresses(host, order);
  }

  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    StackRoom.prove();
    return PrivilegedResolver.of(core("reverse lookup")).nameOf(address);
  }

  /**
   * @throws UnknownHostException when a lookup would have to wait on itself, or the core is not
   *     there in time
   */
  private HostResolver core(String host) throws UnknownHostException {
    if (AgentThread.isCurrent()) {
      // the JDK's TLS code, say, wants a name while we connect: waiting here would wait for ever
      throw new UnknownHostException(host + ": asked by dot-agent itself, which looks nothing up");
    }
    if (Thread.currentThread() == installing) {
      throw new UnknownHostException(host + ": asked while dot-agent is being put in place");
    }
    if (core == null && !UninterruptibleWait.within(timeoutNanos, started)) {
      throw unknown(host + ": dot-agent has not started within timeout.start", null);
    }
    if (failure != null) {
      throw unknown(host + ": dot-agent could not start: " + failure, failure);
    }
    return core;
  }

  private static UnknownHostException unknown(String message, Throwable cause) {
    UnknownHostException unknown = new UnknownHostException(message);
    unknown.initCause(cause);
    return unknown;
  }
}
