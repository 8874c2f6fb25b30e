package io.github.dotagent.agent.install;

import io.github.dotagent.agent.bypass.BypassHook;
import io.github.dotagent.agent.hook.HookFailure;
import io.github.dotagent.agent.hook.HostsFileHook;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.ProbeName;
import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.agent.hook.nameservice.NameServiceHook;
import io.github.dotagent.config.BypassMode;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.InstallMode;
import io.github.dotagent.logging.LineLog;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.QueuedLog;
import io.github.dotagent.net.JavaRelease;
import io.github.dotagent.tls.EllipticCurves;
import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads the settings, puts the hook in place, proves it, and starts the core in the background.
 * This is everything that happens before the program's main. Slow work runs in the background: no
 * TLS, no dnsjava, no Caffeine here.
 */
public final class Installer
    implements BiFunction<String, Instrumentation, Function<String, String>> {
  private static final String PROVIDER_HOOK =
      "io.github.dotagent.agent.hook.resolver.ResolverProviderHook";

  /** From this release on the JDK has a provider interface for resolvers (JEP 418). */
  private static final int FIRST_WITH_PROVIDER = 18;

  /** A property of the JDK, from Java 9 on. Without it the hook need not look for such a file. */
  private static final String HOSTS_FILE = "jdk.net.hosts.file";

  private static final String BY_HOSTS_FILE =
      HOSTS_FILE + " is set: the JDK answers lookups from that file alone, and ";

  private static final String LIBRARIES_ALONE =
      "the agent protects only DNS queries that libraries send themselves";

  /** The agent is switched off. */
  static final String IDLE_BY_HOSTS_FILE = BY_HOSTS_FILE + "with bypass=off the agent does nothing";

  /** The entry makes it by its name, with the isolated loader. */
  public Installer() {}

  /** The agent's removal; null if it is not in place, because it is switched off. */
  @Override
  public Function<String, String> apply(String argument, Instrumentation instrumentation) {
    return install(SettingsAtStart.read(argument), instrumentation, false);
  }

  /**
   * Installs the agent, and returns its removal; null if there is nothing to take out.
   *
   * @param running whether the program has begun
   * @throws StartRefused if the user wants the agent, and it cannot be installed
   */
  static AgentRemoval install(
      SettingsAtStart settings, Instrumentation instrumentation, boolean running) {
    DotConfig config = settings.config();
    if (!config.enabled()) {
      return null;
    }
    QueuedLog log = new QueuedLog(config.log());
    LookupHook hook;
    try {
      hook = hook(instrumentation);
    } catch (HookFailure failure) {
      notInstalled(config.install(), failure);
      return null;
    }
    if (!hook.takesLookups()) {
      boolean idle = config.bypass() == BypassMode.OFF;
      log.write(Level.INFO, idle ? IDLE_BY_HOSTS_FILE : BY_HOSTS_FILE + LIBRARIES_ALONE);
      if (idle) {
        return null;
      }
    }
    TrustStoreAtStart.check(config, instrumentation, log);
    refuseWithoutCurves(config.install(), log);
    return installed(settings, hook, instrumentation, log, running);
  }

  /** Installs everything; if that fails, nothing stays installed. */
  static AgentRemoval installed(
      SettingsAtStart settings,
      LookupHook hook,
      Instrumentation instrumentation,
      QueuedLog log,
      boolean running) {
    DotConfig config = settings.config();
    try {
      AgentResolver resolver = new AgentResolver(config.timeoutStart().toNanos());
      EarlyLookups early = config.observes() ? new EarlyLookups(hook) : null;
      hookAndProve(early, hook, resolver, instrumentation);
      try {
        return begun(settings, hook, resolver, early, instrumentation, log, running);
      } catch (RuntimeException | Error unforeseen) {
        // for example no thread can be made: lookups would wait for an agent that never comes
        HookFailure failure = new HookFailure(String.valueOf(unforeseen), unforeseen);
        remove(hook, instrumentation, failure);
        resolver.cannotStart(hook.systemResolver(), unforeseen);
        throw failure;
      }
    } catch (HookFailure failure) {
      notInstalled(config.install(), failure);
      return null;
    }
  }

  /** Makes the objects behind the hook. If this throws, only the hook is left. */
  private static AgentRemoval begun(
      SettingsAtStart settings,
      LookupHook hook,
      AgentResolver resolver,
      EarlyLookups early,
      Instrumentation instrumentation,
      QueuedLog log,
      boolean running) {
    DotConfig config = settings.config();
    Retransformer retransformer = new Retransformer(instrumentation);
    BypassHook bypass = BypassHook.install(config, hook, instrumentation, retransformer, running);
    CloseAtExit end = new CloseAtExit(hook, instrumentation, retransformer, bypass, log);
    boolean begun = false;
    try {
      end.expectEarlyEnd();
      CoreStart start =
          new CoreStart(settings, hook, early, bypass, instrumentation, retransformer, log, end);
      AgentRemoval removal =
          new AgentRemoval(
              config, hook, resolver, bypass, start, end, instrumentation, log, !running);
      resolver.start(start, start);
      begun = true;
      return removal;
    } finally {
      if (!begun) {
        end.forgetEarlyEnd();
        if (bypass != null) {
          bypass.release();
          bypass.remove();
        }
      }
    }
  }

  /** No lookup over TLS would ever succeed. */
  private static void refuseWithoutCurves(InstallMode mode, Log log) {
    String missing = EllipticCurves.missing().orElse(null);
    if (missing == null) {
      return;
    }
    if (mode == InstallMode.ABORT) {
      throw new StartRefused(missing);
    }
    log.write(Level.ERROR, missing);
  }

  /**
   * Afterwards either the hook works, or the JVM is as it was.
   *
   * @param early null unless names are observed
   */
  private static void hookAndProve(
      EarlyLookups early, LookupHook hook, AgentResolver resolver, Instrumentation instrumentation)
      throws HookFailure {
    HookFailure failure;
    try {
      hook.install(resolver, instrumentation);
      if (early != null) {
        resolver.observe(early);
      }
      if (hook.takesLookups()) {
        ProbeName.prove();
      }
      return;
    } catch (HookFailure known) {
      failure = known;
    } catch (RuntimeException | Error unforeseen) {
      // an unknown JDK, or no memory: the setting install applies here as well
      failure = new HookFailure(String.valueOf(unforeseen), unforeseen);
    }
    remove(hook, instrumentation, failure);
    throw failure;
  }

  private static void remove(LookupHook hook, Instrumentation instrumentation, HookFailure after) {
    try {
      hook.remove(instrumentation);
    } catch (HookFailure | RuntimeException | Error alsoRefused) {
      after.addSuppressed(alsoRefused);
    }
  }

  private static LookupHook hook(Instrumentation instrumentation) throws HookFailure {
    LookupHook hook = hookForThisJava();
    boolean toFile =
        System.getProperty(HOSTS_FILE) != null && hook.leaveToHostsFile(instrumentation);
    return toFile ? new HostsFileHook(hook) : hook;
  }

  private static LookupHook hookForThisJava() throws HookFailure {
    if (JavaRelease.current() < FIRST_WITH_PROVIDER) {
      return new NameServiceHook();
    }
    try {
      // by name, because the class is of the Java 18 layer
      return Class.forName(PROVIDER_HOOK, true, Installer.class.getClassLoader())
          .asSubclass(LookupHook.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException missing) {
      throw new HookFailure("the jar lacks " + PROVIDER_HOOK, missing);
    }
  }

  private static void notInstalled(InstallMode mode, HookFailure failure) {
    String reason = "the hook is not in place: " + failure.getMessage();
    if (mode == InstallMode.ABORT) {
      throw new StartRefused(
          reason
              + "; with -Ddotagent.install=warn the program starts, and its lookups are not"
              + " protected");
    }
    // on stderr at every log level: the user asked to be warned, and names leave in the clear
    new LineLog(new LogSettings(Level.WARN, null))
        .write(Level.WARN, reason + "; lookups leave in the clear (dotagent.install=warn)");
  }
}
