package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.dotagent.metrics.Bypass;
import io.github.dotagent.metrics.ConnectionWatch;
import io.github.dotagent.metrics.LookupWatch;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.metrics.Watcher;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.Identities;
import io.github.dotagent.tls.ShownIdentity;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsFailures;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events of a connection, and the state of the server afterwards. */
class LinkReportTest {
  private static final String NAME = "192.0.2.1@853#dns.example";
  private static final String LEAF = Identities.PINS.get(0);

  private final DotEndpoint server = new DotEndpoint(new InetSocketAddress(853), null, NAME);
  private final Watch watch = new Watch();
  private final List<String> told = new ArrayList<>();

  private final Watcher watcher =
      new Watcher() {
        @Override
        public LookupWatch lookupBegins() {
          throw new AssertionError("there are no lookups here");
        }

        @Override
        public ConnectionWatch connectionBegins() {
          told.add("begins");
          return new ConnectionWatch() {
            @Override
            public void connected(
                String upstream, String version, String cipher, boolean resumed, String pin) {
              told.add(upstream + " " + version + " " + cipher + " " + resumed + " " + pin);
            }

            @Override
            public void failed(String upstream, String reason) {
              told.add(upstream + " " + reason);
            }
          };
        }

        @Override
        public void pinMismatch(String upstream, List<String> presented, boolean refused) {
          told.add("mismatch " + upstream + " " + presented + " " + refused);
        }

        @Override
        public void bypass(String library, String asked, Bypass.Fate fate) {
          throw new AssertionError("no library sends queries by itself here");
        }
      };

  private List<String> connected(ShownIdentity identity) {
    LinkReport report = new LinkReport(server, new RecordedLog(), watch);
    report.begins();
    report.connected(identity);
    return told;
  }

  private List<String> failed(TlsFailure failure) {
    LinkReport report = new LinkReport(server, new RecordedLog(), watch);
    report.begins();
    report.failed(failure);
    return told;
  }

  private List<String> presented() {
    return server.presentedPins().stream().map(Object::toString).toList();
  }

  @Test
  void oneThatSucceeds() {
    watch.by(watcher);
    String session = NAME + " TLSv1.3 TLS_AES_128_GCM_SHA256 false ";
    assertEquals(List.of("begins", session + LEAF), connected(Identities.matched()));
    assertEquals(LEAF, server.matchedPin().toString());
    assertEquals(Identities.PINS, presented());
    told.clear();
    assertEquals(List.of("begins", session + "null"), connected(Identities.unpinned()));
    assertNull(server.matchedPin());
    assertEquals(Identities.PINS, presented(), "to be pinned, perhaps");
  }

  @Test
  void oneThatIsRefusedForItsPins() {
    watch.by(watcher);
    connected(Identities.matched());
    told.clear();
    String mismatch = String.join(", ", Identities.PINS);
    assertEquals(
        List.of(
            "begins",
            "mismatch " + NAME + " " + Identities.PINS + " true",
            NAME + " pin mismatch (presented " + mismatch + ")"),
        failed(Identities.refused()));
    assertNull(server.matchedPin(), "of what it presented last");
    assertEquals(Identities.PINS, presented());
  }

  @Test
  void aMismatchThatIsOnlyReported() {
    watch.by(watcher);
    assertEquals(
        "mismatch " + NAME + " " + Identities.PINS + " false",
        connected(Identities.mismatched(false)).get(1));
    told.clear();
    assertEquals(2, connected(Identities.mismatched(true)).size(), "told when it was no session");
  }

  @Test
  void oneThatFails() {
    watch.by(watcher);
    assertEquals(
        List.of("begins", NAME + " connection refused"),
        failed(TlsFailures.of(TlsFailure.Kind.UNREACHABLE, "connection refused")));
    assertNull(server.identity());
    assertEquals(List.of(), presented());
  }

  @Test
  void aWatcherAddedDuringAConnectSeesOnlyTheNextOne() {
    LinkReport report = new LinkReport(server, new RecordedLog(), watch);
    report.begins();
    watch.by(watcher);
    report.connected(Identities.matched());
    assertEquals(List.of(), told);
  }
}
