package io.github.dotagent.agent.cli.lookup;

import io.github.dotagent.net.AddressText;
import io.github.dotagent.net.TerminalText;
import io.github.dotagent.tls.CertificateName;
import io.github.dotagent.tls.ClientCertificate;
import io.github.dotagent.tls.ExaminedConnection;
import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.wire.QueryToInspect;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The output of {@code -d} about the connection: chain, pins, verdict, times. */
final class ConnectionText {
  private static final String DEBUG = ";; DEBUG: "; // as kdig -d writes it
  private static final double NANOS_PER_MILLI = 1e6;

  private final TlsPolicy policy;
  private final Set<SpkiPin> pins; // pins of this server
  private final List<String> lines = new ArrayList<>();

  private ConnectionText(TlsPolicy policy, Set<SpkiPin> pins) {
    this.policy = policy;
    this.pins = pins;
  }

  static List<String> of(
      QueryToInspect query, UpstreamSpec server, ExaminedConnection seen, TlsPolicy policy) {
    ConnectionText text = new ConnectionText(policy, policy.pinsOf(server.identity()));
    text.add(
        "Querying for owner(%s), class(1), type(%d), server(%s), port(%d), protocol(TCP)",
        query.name(), query.type(), AddressText.of(server.address()), server.endpoint().getPort());
    if (seen.connectNanos() >= 0) {
      text.add(
          "TCP, connected in %.1f ms; TLS, handshake of %.1f ms",
          seen.connectNanos() / NANOS_PER_MILLI, seen.handshakeNanos() / NANOS_PER_MILLI);
    }
    if (!seen.presented().isEmpty()) {
      text.chain(seen);
      text.verdict(seen);
    }
    text.client(seen.client());
    return text.lines;
  }

  private void chain(ExaminedConnection seen) {
    // with the authority, which servers do not send and users may pin
    List<X509Certificate> chain =
        seen.validated().size() > seen.presented().size() ? seen.validated() : seen.presented();
    add("TLS, received certificate hierarchy:");
    for (int i = 0; i < chain.size(); i++) {
      boolean sent = seen.presented().contains(chain.get(i));
      SpkiPin pin = SpkiPin.of(chain.get(i));
      add(
          " #%d, %s%s",
          i + 1,
          CertificateName.subject(chain.get(i)),
          sent ? "" : " (not sent: from the trust store)");
      add(
          "     SHA-256 PIN: %s%s",
          pin.toString().replace("sha256/", ""), isMatch(pin, seen) ? ", MATCH" : "");
    }
  }

  /** A pin of a certificate that was only sent along matches nothing. */
  private boolean isMatch(SpkiPin pin, ExaminedConnection seen) {
    return pins.contains(pin) && seen.validated().stream().map(SpkiPin::of).anyMatch(pin::equals);
  }

  private void verdict(ExaminedConnection seen) {
    if (pins.isEmpty()) {
      add("TLS, skipping certificate PIN check");
    } else if (!seen.matchedPin().isPresent()) {
      // the next line does not say whether it was refused for this
      add(
          "TLS, no certificate PIN match%s",
          policy.pinMode() == PinMode.REPORT
              ? ", which is only reported (dotagent.pins.mode)"
              : "");
    }
    if (seen.failure().isPresent()) {
      add("TLS, The certificate is NOT trusted. %s", seen.failure().get().getMessage());
    } else if (policy.authentication() == Authentication.PINS) {
      add("TLS, The certificate is trusted for its PIN alone (dotagent.auth=pins).");
    } else {
      add("TLS, The certificate is trusted.");
    }
  }

  private void client(ClientCertificate client) {
    if (client.sent() != null) {
      add(
          "TLS, client certificate sent: %s, until %s",
          CertificateName.subject(client.sent()), client.sent().getNotAfter().toInstant());
    } else if (client.isAsked()) {
      add("TLS, client certificate asked for, and none sent");
    }
  }

  private void add(String format, Object... values) {
    lines.add(DEBUG + TerminalText.of(String.format(Locale.ROOT, format, values)));
  }
}
