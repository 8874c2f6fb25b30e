package io.github.dotagent.agent.cli.status;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Made-up looks for tests. */
final class Looks {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Looks() {}

  /** Of an agent that has been used for a while. */
  static Map<String, Object> resolver() {
    Map<String, Object> values = new HashMap<>();
    values.put("Version", "1.0.0");
    values.put("Hook", "InetAddress patched");
    values.put("HookInPlace", true);
    values.put("HookLosses", 0L);
    values.put("Mode", "enforce");
    values.put("Profile", "strict");
    values.put("Pins", "2, enforce");
    values.put("JvmCachePolicy", "JVM cache 1 s, negative 1 s");
    values.put("Lookups", 2_000L);
    values.put("Hits", 3_900L);
    values.put("Misses", 100L);
    values.put("StaleAnswers", 1L);
    values.put("Coalesced", 2L);
    values.put("Prefetches", 3L);
    values.put("FailuresUntrusted", 4L);
    values.put("FailuresBogus", 0L);
    values.put("FailuresMalformed", 5L);
    values.put("FailuresServerFailure", 6L);
    values.put("FailuresUnreachable", 7L);
    values.put("FailuresTimeout", 8L);
    values.put("CacheSize", 1_234L);
    values.put("CacheMaxEntries", 100_000L);
    values.put("PinMismatches", 9L);
    values.put("NamesInClear", 0L);
    values.put("AnswersLiteral", 1L);
    values.put("AnswersLoopback", 2L);
    values.put("AnswersNone", 0L);
    values.put("AnswersHosts", 4L);
    values.put("AnswersCache", 1_900L);
    values.put("AnswersStale", 5L);
    values.put("AnswersUpstream", 60L);
    values.put("AnswersZone", 7L);
    values.put("AnswersSystem", 8L);
    values.put("AnswersOpportunistic", 0L);
    values.put("AnswersObserve", 0L);
    values.put("MayHaveBeenInClear", 8L);
    values.put("ClearSuffixes", new String[] {"corp.example: 7", "(one label): 1"});
    values.put("SecureAnswers", 10L);
    values.put("InsecureAnswers", 11L);
    values.put("LogLevel", "warn");
    values.put(
        "LastErrors", new String[] {"2026-03-01T11:59:30Z a.example: no answer", "no time here"});
    values.put("BypassesSeen", new String[0]);
    values.put("Settings", new String[] {"timeout=5s (default)"});
    return values;
  }

  /** Of one that compares. */
  static Map<String, Object> observing() {
    Map<String, Object> values = resolver();
    values.put("Mode", "observe");
    values.put("ObservedSame", 1_200L);
    values.put("ObservedBySettings", 0L);
    values.put("ObservedOtherAddresses", 3L);
    values.put("ObservedOtherScope", 0L);
    values.put("ObservedOnlySystem", 1L);
    values.put("ObservedOnlyTls", 0L);
    values.put("ObservedTlsFails", 0L);
    values.put("ObservedWaiting", 2L);
    values.put("ObservedBeyond", 5L);
    values.put(
        "ObservedSuffixes",
        new String[] {
          "only the system knows: corp.example: 1 name, 40 lookups, such as db.corp.example"
        });
    values.put("ObservedLines", new String[] {"-Ddotagent.system.suffixes=+corp.example"});
    values.put("WouldHaveFailed", 40L);
    values.put("WouldStillFail", 0L);
    return values;
  }

  /** The same with settings that are followed, and wrong at the moment. */
  static Map<String, Object> followed() {
    Map<String, Object> values = resolver();
    values.put("SettingsFiles", new String[] {"/etc/agent.properties", "/etc/ca.pem"});
    values.put("SettingsReadAt", "2026-03-01T11:58:58Z");
    values.put("SettingsChanges", 3L);
    values.put("SettingsInForce", false);
    values.put("SettingsProblem", "timeout=never is wrong");
    return values;
  }

  static Map<String, Object> upstream() {
    Map<String, Object> values = new HashMap<>();
    values.put("Address", "192.0.2.53@853#dns.example");
    values.put("State", "in use");
    values.put("Connections", 1);
    values.put("QueriesInFlight", 2);
    values.put("RoundTripMillis", 12.34);
    values.put("Queries", 12_345L);
    values.put("Failures", 3L);
    values.put("TlsVersion", "TLSv1.3");
    values.put("CertificateDaysLeft", 57.25);
    values.put("PresentedPins", new String[] {"sha256/AAAA", "sha256/BBBB"});
    values.put("MatchedPin", "sha256/AAAA");
    values.put("PinsSet", 2);
    values.put("LastError", "");
    return values;
  }

  /** One that was never asked. */
  static Map<String, Object> untried() {
    Map<String, Object> values = new HashMap<>(upstream());
    values.put("Address", "[2001:db8::53]@853");
    values.put("State", "untried");
    values.put("Connections", 0);
    values.put("RoundTripMillis", Double.NaN);
    values.put("TlsVersion", "");
    values.put("CertificateDaysLeft", Double.NaN);
    values.put("PresentedPins", new String[0]);
    values.put("MatchedPin", "");
    return values;
  }

  static StatusSnapshot of(
      long uptimeMillis, Map<String, Object> resolver, List<Map<String, Object>> all) {
    return new StatusSnapshot(
        4711,
        NOW,
        new Figures(Map.of("SpecVersion", "17", "Uptime", uptimeMillis)),
        new Figures(resolver),
        all.stream().map(Figures::new).toList());
  }
}
