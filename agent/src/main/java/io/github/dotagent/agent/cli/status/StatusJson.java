package io.github.dotagent.agent.cli.status;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/**
 * A look as a document for programs: everything, in the units of the MBeans; null for an unknown
 * value.
 */
final class StatusJson {
  private StatusJson() {}

  /**
   * @throws IOException when it cannot be written
   */
  static void write(StatusSnapshot look, JsonWriter json) throws IOException {
    Figures resolver = look.resolver();
    json.beginObject();
    json.name("pid").value(look.pid());
    json.name("at").value(look.at().toString());
    json.name("java").value(look.jvm().text("SpecVersion"));
    json.name("uptimeMillis").value(look.jvm().count("Uptime"));
    json.name("version").value(resolver.text("Version"));
    json.name("hook").value(resolver.text("Hook"));
    json.name("hookInPlace").value(resolver.flag("HookInPlace"));
    json.name("hookLosses").value(resolver.count("HookLosses"));
    json.name("mode").value(resolver.text("Mode"));
    json.name("profile").value(resolver.text("Profile"));
    json.name("pins").value(resolver.text("Pins"));
    json.name("jvmCachePolicy").value(resolver.text("JvmCachePolicy"));
    json.name("logLevel").value(resolver.text("LogLevel"));
    json.name("settingsReadAt").value(resolver.text("SettingsReadAt"));
    json.name("settingsChanges").value(resolver.count("SettingsChanges"));
    json.name("settingsInForce").value(resolver.flag("SettingsInForce"));
    json.name("settingsProblem").value(resolver.text("SettingsProblem"));
    json.name("lookups").value(resolver.count("Lookups"));
    json.name("failures").beginObject();
    json.name("untrusted").value(resolver.count("FailuresUntrusted"));
    json.name("bogus").value(resolver.count("FailuresBogus"));
    json.name("malformed").value(resolver.count("FailuresMalformed"));
    json.name("serverFailure").value(resolver.count("FailuresServerFailure"));
    json.name("unreachable").value(resolver.count("FailuresUnreachable"));
    json.name("timeout").value(resolver.count("FailuresTimeout"));
    json.endObject();
    json.name("answers").beginObject();
    json.name("literal").value(resolver.count("AnswersLiteral"));
    json.name("loopback").value(resolver.count("AnswersLoopback"));
    json.name("none").value(resolver.count("AnswersNone"));
    json.name("hosts").value(resolver.count("AnswersHosts"));
    json.name("cache").value(resolver.count("AnswersCache"));
    json.name("stale").value(resolver.count("AnswersStale"));
    json.name("upstream").value(resolver.count("AnswersUpstream"));
    json.name("zone").value(resolver.count("AnswersZone"));
    json.name("system").value(resolver.count("AnswersSystem"));
    json.name("opportunistic").value(resolver.count("AnswersOpportunistic"));
    json.name("observe").value(resolver.count("AnswersObserve"));
    json.endObject();
    json.name("mayHaveBeenInClear").value(resolver.count("MayHaveBeenInClear"));
    list(json, "clearSuffixes", resolver);
    json.name("pinMismatches").value(resolver.count("PinMismatches"));
    json.name("namesInClear").value(resolver.count("NamesInClear"));
    json.name("secureAnswers").value(resolver.count("SecureAnswers"));
    json.name("insecureAnswers").value(resolver.count("InsecureAnswers"));
    json.name("observed").beginObject();
    json.name("same").value(resolver.count("ObservedSame"));
    json.name("bySettings").value(resolver.count("ObservedBySettings"));
    json.name("otherAddresses").value(resolver.count("ObservedOtherAddresses"));
    json.name("otherScope").value(resolver.count("ObservedOtherScope"));
    json.name("onlySystem").value(resolver.count("ObservedOnlySystem"));
    json.name("onlyTls").value(resolver.count("ObservedOnlyTls"));
    json.name("tlsFails").value(resolver.count("ObservedTlsFails"));
    json.name("waiting").value(resolver.count("ObservedWaiting"));
    json.name("beyond").value(resolver.count("ObservedBeyond"));
    list(json, "suffixes", "ObservedSuffixes", resolver);
    list(json, "lines", "ObservedLines", resolver);
    json.name("wouldHaveFailed").value(resolver.count("WouldHaveFailed"));
    json.name("wouldStillFail").value(resolver.count("WouldStillFail"));
    json.endObject();
    json.name("cache").beginObject();
    json.name("size").value(resolver.count("CacheSize"));
    json.name("maxEntries").value(resolver.count("CacheMaxEntries"));
    json.name("hits").value(resolver.count("Hits"));
    json.name("misses").value(resolver.count("Misses"));
    json.name("staleAnswers").value(resolver.count("StaleAnswers"));
    json.name("coalesced").value(resolver.count("Coalesced"));
    json.name("prefetches").value(resolver.count("Prefetches"));
    json.endObject();
    json.name("upstreams").beginArray();
    for (Figures server : look.upstreams()) {
      write(server, json);
    }
    json.endArray();
    list(json, "lastErrors", resolver);
    list(json, "bypassesSeen", resolver);
    list(json, "settings", resolver);
    list(json, "settingsFiles", resolver);
    json.endObject();
    json.flush();
  }

  private static void write(Figures server, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("address").value(server.text("Address"));
    json.name("zone").value(StatusSnapshot.zoneOf(server));
    json.name("state").value(server.text("State"));
    json.name("connections").value(server.count("Connections"));
    json.name("queriesInFlight").value(server.count("QueriesInFlight"));
    json.name("roundTripMillis").value(server.measure("RoundTripMillis"));
    json.name("queries").value(server.count("Queries"));
    json.name("failures").value(server.count("Failures"));
    json.name("tlsVersion").value(server.text("TlsVersion"));
    json.name("certificateDaysLeft").value(server.number("CertificateDaysLeft"));
    json.name("clientCertificate").value(server.text("ClientCertificate"));
    json.name("clientCertificateDaysLeft").value(server.number("ClientCertificateDaysLeft"));
    list(json, "presentedPins", server);
    json.name("matchedPin").value(server.text("MatchedPin"));
    json.name("pinsSet").value(server.count("PinsSet"));
    json.name("lastError").value(server.text("LastError"));
    json.endObject();
  }

  /** Named as the attribute, with a small first letter. */
  private static void list(JsonWriter json, String name, Figures figures) throws IOException {
    list(json, name, Character.toUpperCase(name.charAt(0)) + name.substring(1), figures);
  }

  private static void list(JsonWriter json, String name, String attribute, Figures figures)
      throws IOException {
    List<String> values = figures.list(attribute);
    json.name(name);
    if (values == null) {
      json.nullValue();
      return;
    }
    json.beginArray();
    for (String value : values) {
      json.value(value);
    }
    json.endArray();
  }
}
