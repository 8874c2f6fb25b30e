package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.logging.Log;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.tls.TrustStoreCheck;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Refuses to start if the trust store cannot be used, because every lookup would fail. */
final class TrustStoreAtStart implements Callable<Void> {
  /**
   * The time limit. A busy machine takes some seconds, and so do the five million iterations that a
   * PKCS12 store's password may have; a store with more is refused before it is opened.
   */
  private static final int SECONDS = 60;

  private final TlsPolicy policy;

  private TrustStoreAtStart(TlsPolicy policy) {
    this.policy = policy;
  }

  /**
   * @throws StartRefused when it cannot be used
   */
  static void check(DotConfig config, Instrumentation instrumentation, Log log) {
    TrustStoreAtStart check = new TrustStoreAtStart(config.tls());
    try {
      if (TrustStoreCheck.isThorough(config.tls())) {
        onOurThread(check, instrumentation, log);
      } else {
        check.call();
      }
    } catch (TlsFailure unusable) {
      throw new StartRefused(unusable.getMessage());
    }
  }

  /** Reading certificates would wake the JDK's log of security events, on a thread of the JVM's. */
  private static void onOurThread(TrustStoreAtStart check, Instrumentation instrumentation, Log log)
      throws TlsFailure {
    FutureTask<Void> task = new FutureTask<>(check);
    try {
      JdkInternals.openTo(TrustStoreAtStart.class, instrumentation);
      SecurityLoggerGuard.keep(log);
      AgentThread.of("check", task).start();
      await(task, SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TlsFailure) {
        throw (TlsFailure) failed.getCause();
      }
      throw new StartRefused("the trust store cannot be read: " + failed.getCause());
    } catch (InterruptedException noThreadInterruptsAStart) {
      Thread.currentThread().interrupt(); // the background reads it again, and says what is wrong
    } catch (ReflectiveOperationException unknownJdk) {
      check.call();
    }
  }

  /**
   * @throws StartRefused when it takes longer; the thread is left behind
   */
  static void await(FutureTask<Void> task, int seconds)
      throws ExecutionException, InterruptedException {
    try {
      task.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new StartRefused(
          "the trust store, or a client certificate, was not read within "
              + seconds
              + " s; convert it to PEM");
    }
  }

  @Override
  public Void call() throws TlsFailure {
    TrustStoreCheck.check(policy);
    return null;
  }
}
