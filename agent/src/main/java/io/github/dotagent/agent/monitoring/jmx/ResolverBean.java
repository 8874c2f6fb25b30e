package io.github.dotagent.agent.monitoring.jmx;

import io.github.dotagent.CoreStatus;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.answer.Source;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.observe.Comparison;
import java.time.Instant;
import java.util.Locale;

/** The resolver as a console sees it. Each attribute has its value at the moment of reading. */
final class ResolverBean implements ResolverMXBean {
  private final WatchedAgent agent;
  private final String version; // a console's caller may not read the jar

  ResolverBean(WatchedAgent agent) {
    this.agent = agent;
    this.version = agent.version();
  }

  private CoreStatus status() {
    return agent.status();
  }

  @Override
  public String getVersion() {
    return version;
  }

  @Override
  public String getHook() {
    return agent.hook();
  }

  @Override
  public boolean getHookInPlace() {
    return agent.isHookInPlace();
  }

  @Override
  public long getHookLosses() {
    return agent.hookLosses();
  }

  @Override
  public String getMode() {
    return agent.mode();
  }

  @Override
  public long getObservedSame() {
    return agent.observed().names(Comparison.SAME);
  }

  @Override
  public long getObservedBySettings() {
    return agent.observed().names(Comparison.BY_SETTINGS);
  }

  @Override
  public long getObservedOtherAddresses() {
    return agent.observed().names(Comparison.OTHER_ADDRESSES);
  }

  @Override
  public long getObservedOtherScope() {
    return agent.observed().names(Comparison.OTHER_SCOPE);
  }

  @Override
  public long getObservedOnlySystem() {
    return agent.observed().names(Comparison.ONLY_SYSTEM);
  }

  @Override
  public long getObservedOnlyTls() {
    return agent.observed().names(Comparison.ONLY_TLS);
  }

  @Override
  public long getObservedTlsFails() {
    return agent.observed().names(Comparison.TLS_FAILS);
  }

  @Override
  public long getObservedWaiting() {
    return agent.observed().waiting();
  }

  @Override
  public long getObservedBeyond() {
    return agent.observed().beyond();
  }

  @Override
  public String[] getObservedSuffixes() {
    return agent.observed().suffixes().toArray(new String[0]);
  }

  @Override
  public String[] getObservedLines() {
    return agent.observed().lines().toArray(new String[0]);
  }

  @Override
  public long getWouldHaveFailed() {
    return agent.observed().wouldHaveFailed();
  }

  @Override
  public long getWouldStillFail() {
    return agent.observed().wouldStillFail();
  }

  @Override
  public String getProfile() {
    return agent.profile();
  }

  @Override
  public String getPins() {
    return agent.pins();
  }

  @Override
  public String getJvmCachePolicy() {
    return agent.jvmCachePolicy();
  }

  @Override
  public long getLookups() {
    return status().lookups();
  }

  @Override
  public long getHits() {
    return status().cache().hits();
  }

  @Override
  public long getMisses() {
    return status().cache().misses();
  }

  @Override
  public long getStaleAnswers() {
    return status().cache().staleAnswers();
  }

  @Override
  public long getCoalesced() {
    return status().cache().coalesced();
  }

  @Override
  public long getPrefetches() {
    return status().cache().prefetches();
  }

  @Override
  public long getFailuresUntrusted() {
    return status().failures(Kind.UNTRUSTED);
  }

  @Override
  public long getFailuresBogus() {
    return status().failures(Kind.BOGUS);
  }

  @Override
  public long getSecureAnswers() {
    return status().answers(SecurityStatus.SECURE);
  }

  @Override
  public long getInsecureAnswers() {
    return status().answers(SecurityStatus.INSECURE)
        + status().answers(SecurityStatus.INDETERMINATE);
  }

  @Override
  public long getFailuresMalformed() {
    return status().failures(Kind.MALFORMED);
  }

  @Override
  public long getFailuresServerFailure() {
    return status().failures(Kind.SERVER_FAILURE);
  }

  @Override
  public long getFailuresUnreachable() {
    return status().failures(Kind.UNREACHABLE);
  }

  @Override
  public long getFailuresTimeout() {
    return status().failures(Kind.TIMEOUT);
  }

  @Override
  public long getNamesInClear() {
    return status().inClear();
  }

  @Override
  public long getAnswersLiteral() {
    return status().answers(Source.LITERAL);
  }

  @Override
  public long getAnswersLoopback() {
    return status().answers(Source.LOOPBACK);
  }

  @Override
  public long getAnswersNone() {
    return status().answers(Source.NONE);
  }

  @Override
  public long getAnswersHosts() {
    return status().answers(Source.HOSTS);
  }

  @Override
  public long getAnswersCache() {
    return status().answers(Source.CACHE);
  }

  @Override
  public long getAnswersStale() {
    return status().answers(Source.STALE);
  }

  @Override
  public long getAnswersUpstream() {
    return status().answers(Source.UPSTREAM);
  }

  @Override
  public long getAnswersZone() {
    return status().answers(Source.ZONE);
  }

  @Override
  public long getAnswersSystem() {
    return status().answers(Source.SYSTEM);
  }

  @Override
  public long getAnswersOpportunistic() {
    return status().answers(Source.OPPORTUNISTIC);
  }

  @Override
  public long getAnswersObserve() {
    return status().answers(Source.OBSERVE);
  }

  @Override
  public long getMayHaveBeenInClear() {
    return status().mayHaveBeenInClear();
  }

  @Override
  public String[] getClearSuffixes() {
    return status().clearSuffixes().toArray(new String[0]);
  }

  @Override
  public long getCacheSize() {
    return status().cache().size();
  }

  @Override
  public long getCacheMaxEntries() {
    return status().cache().maxEntries();
  }

  @Override
  public long getPinMismatches() {
    return status().pinMismatches();
  }

  @Override
  public String[] getLastErrors() {
    return status().lastErrors().toArray(new String[0]);
  }

  @Override
  public String[] getBypassesSeen() {
    return status().bypasses().toArray(new String[0]);
  }

  @Override
  public String[] getSettings() {
    return agent.settings().toArray(new String[0]);
  }

  @Override
  public String[] getSettingsFiles() {
    return status().settings().files().toArray(new String[0]);
  }

  @Override
  public String getSettingsReadAt() {
    return Instant.ofEpochMilli(status().settings().readAtMillis()).toString();
  }

  @Override
  public long getSettingsChanges() {
    return status().settings().changes();
  }

  @Override
  public boolean getSettingsInForce() {
    return status().settings().problem() == null;
  }

  @Override
  public String getSettingsProblem() {
    String problem = status().settings().problem();
    return problem == null ? "" : problem;
  }

  @Override
  public String getLogLevel() {
    return agent.logLevel().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void setLogLevel(String wanted) {
    for (Level level : Level.values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        agent.setLogLevel(level);
        return;
      }
    }
    throw new IllegalArgumentException(wanted + " is none of off, error, warn, info and debug");
  }

  @Override
  public String[] explain(String name) {
    return agent.explain(name).toArray(new String[0]);
  }

  @Override
  public String[] reload() {
    return agent.reload().toArray(new String[0]);
  }

  @Override
  public void flush() {
    agent.flush();
  }

  @Override
  public void flush(String name) {
    agent.flush(name);
  }
}
