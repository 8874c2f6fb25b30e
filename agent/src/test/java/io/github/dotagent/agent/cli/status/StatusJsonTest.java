package io.github.dotagent.agent.cli.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusJsonTest {
  @Test
  void theWholeDocument() throws IOException {
    assertEquals(
        """
        {
          "pid": 4711,
          "at": "2026-03-01T12:00:00Z",
          "java": "17",
          "uptimeMillis": 1000,
          "version": "1.0.0",
          "hook": "InetAddress patched",
          "hookInPlace": true,
          "hookLosses": 0,
          "mode": "enforce",
          "profile": "strict",
          "pins": "2, enforce",
          "jvmCachePolicy": "JVM cache 1 s, negative 1 s",
          "logLevel": "warn",
          "settingsReadAt": "2026-03-01T11:58:58Z",
          "settingsChanges": 3,
          "settingsInForce": false,
          "settingsProblem": "timeout=never is wrong",
          "lookups": 2000,
          "failures": {
            "untrusted": 4,
            "bogus": 0,
            "malformed": 5,
            "serverFailure": 6,
            "unreachable": 7,
            "timeout": 8
          },
          "answers": {
            "literal": 1,
            "loopback": 2,
            "none": 0,
            "hosts": 4,
            "cache": 1900,
            "stale": 5,
            "upstream": 60,
            "zone": 7,
            "system": 8,
            "opportunistic": 0,
            "observe": 0
          },
          "mayHaveBeenInClear": 8,
          "clearSuffixes": [
            "corp.example: 7",
            "(one label): 1"
          ],
          "pinMismatches": 9,
          "namesInClear": 0,
          "secureAnswers": 10,
          "insecureAnswers": 11,
          "observed": {
            "same": null,
            "bySettings": null,
            "otherAddresses": null,
            "otherScope": null,
            "onlySystem": null,
            "onlyTls": null,
            "tlsFails": null,
            "waiting": null,
            "beyond": null,
            "suffixes": null,
            "lines": null,
            "wouldHaveFailed": null,
            "wouldStillFail": null
          },
          "cache": {
            "size": 1234,
            "maxEntries": 100000,
            "hits": 3900,
            "misses": 100,
            "staleAnswers": 1,
            "coalesced": 2,
            "prefetches": 3
          },
          "upstreams": [
            {
              "address": "192.0.2.53@853#dns.example",
              "zone": "",
              "state": "in use",
              "connections": 1,
              "queriesInFlight": 2,
              "roundTripMillis": 12.34,
              "queries": 12345,
              "failures": 3,
              "tlsVersion": "TLSv1.3",
              "certificateDaysLeft": 57.25,
              "clientCertificate": null,
              "clientCertificateDaysLeft": null,
              "presentedPins": [
                "sha256/AAAA",
                "sha256/BBBB"
              ],
              "matchedPin": "sha256/AAAA",
              "pinsSet": 2,
              "lastError": null
            }
          ],
          "lastErrors": [
            "2026-03-01T11:59:30Z a.example: no answer",
            "no time here"
          ],
          "bypassesSeen": [],
          "settings": [
            "timeout=5s (default)"
          ],
          "settingsFiles": [
            "/etc/agent.properties",
            "/etc/ca.pem"
          ]
        }\
        """,
        text(Looks.of(1_000, Looks.followed(), List.of(Looks.upstream()))));
  }

  /** JSON has no NaN, and what an older agent does not tell is no zero. */
  @Test
  void unknownValuesAreNull() throws IOException {
    String text = text(Looks.of(1_000, Map.of(), List.of(Looks.untried())));
    assertTrue(text.contains("\"roundTripMillis\": null"), text);
    assertTrue(text.contains("\"certificateDaysLeft\": null"), text);
    assertTrue(text.contains("\"lookups\": null"), text);
    assertTrue(text.contains("\"lastErrors\": null"), text);
  }

  /** A certificate that has ended is known well. */
  @Test
  void anExpiredCertificateHasNegativeDays() throws IOException {
    Map<String, Object> server = Looks.upstream();
    server.put("CertificateDaysLeft", -2.5);
    String text = text(Looks.of(1_000, Looks.resolver(), List.of(server)));
    assertTrue(text.contains("\"certificateDaysLeft\": -2.5"), text);
  }

  @Test
  void theClientCertificate() throws IOException {
    Map<String, Object> server = Looks.upstream();
    server.put("ClientCertificate", "sent: CN=client");
    server.put("ClientCertificateDaysLeft", 20.5);
    String text = text(Looks.of(1_000, Looks.resolver(), List.of(server)));
    assertTrue(text.contains("\"clientCertificate\": \"sent: CN=client\""), text);
    assertTrue(text.contains("\"clientCertificateDaysLeft\": 20.5"), text);
  }

  private static String text(StatusSnapshot look) throws IOException {
    StringWriter text = new StringWriter();
    StatusJson.write(look, Json.to(new PrintWriter(text)));
    return text.toString();
  }
}
