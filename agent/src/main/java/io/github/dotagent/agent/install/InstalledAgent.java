package io.github.dotagent.agent.install;

import io.github.dotagent.CoreStatus;
import io.github.dotagent.DotCore;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.monitoring.jmx.WatchedAgent;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.QueuedLog;
import io.github.dotagent.observe.ObserveReport;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;

/** The agent that is in place in this JVM. Safe for use by any number of threads. */
final class InstalledAgent implements WatchedAgent {
  private final LookupHook hook;
  private final HookWatchdog watchdog;
  private final DotCore core;
  private final JvmCacheResolver jvmCache;
  private final QueuedLog log;

  InstalledAgent(
      LookupHook hook,
      HookWatchdog watchdog,
      DotCore core,
      JvmCacheResolver jvmCache,
      QueuedLog log) {
    this.log = log;
    this.hook = hook;
    this.watchdog = watchdog;
    this.core = core;
    this.jvmCache = jvmCache;
  }

  @Override
  public String version() {
    return AgentVersion.text();
  }

  @Override
  public String hook() {
    String lost = watchdog.lost();
    return lost == null ? hook.toString() : lost;
  }

  @Override
  public boolean isHookInPlace() {
    return watchdog.isInPlace();
  }

  @Override
  public long hookLosses() {
    return watchdog.losses();
  }

  @Override
  public String mode() {
    return StartLine.mode(core.config());
  }

  @Override
  public ObserveReport observed() {
    return core.observed();
  }

  @Override
  public String profile() {
    return StartLine.profile(core.config());
  }

  @Override
  public String pins() {
    return StartLine.pins(core.config());
  }

  @Override
  public int pinsOf(String peer) {
    return core.config().tls().pinsOf(peer).size();
  }

  @Override
  public String jvmCachePolicy() {
    return jvmCache.policy();
  }

  @Override
  public List<String> settings() {
    return core.config().inForce();
  }

  @Override
  public List<String> explain(final String name) {
    return AccessController.doPrivileged(
        new PrivilegedAction<List<String>>() {
          @Override
          public List<String> run() {
            return core.explain(name);
          }
        });
  }

  @Override
  public List<String> reload() {
    return AccessController.doPrivileged(
        new PrivilegedAction<List<String>>() {
          @Override
          public List<String> run() {
            return core.reload();
          }
        });
  }

  @Override
  public Level logLevel() {
    return log.level();
  }

  @Override
  public void setLogLevel(Level level) {
    log.setLevel(level);
  }

  @Override
  public CoreStatus status() {
    return core.status();
  }

  @Override
  public void flush() {
    privileged(
        new PrivilegedExceptionAction<Void>() {
          @Override
          public Void run() throws ReflectiveOperationException {
            NameCaches.flush();
            return null;
          }
        });
  }

  @Override
  public void flush(final String name) {
    privileged(
        new PrivilegedExceptionAction<Void>() {
          @Override
          public Void run() throws ReflectiveOperationException {
            NameCaches.flush(name);
            return null;
          }
        });
  }

  /**
   * Under a SecurityManager, a caller of an MBean may lack the permission to read the JDK's fields.
   */
  private static void privileged(PrivilegedExceptionAction<Void> flushing) {
    try {
      AccessController.doPrivileged(flushing);
    } catch (PrivilegedActionException refused) {
      throw new IllegalStateException(
          "the JVM's DNS cache cannot be emptied: " + refused.getException());
    }
  }
}
