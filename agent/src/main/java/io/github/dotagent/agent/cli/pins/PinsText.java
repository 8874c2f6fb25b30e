package io.github.dotagent.agent.cli.pins;

import io.github.dotagent.agent.cli.RoundedTime;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** For people: each server's chain, then what to do with it. */
final class PinsText {
  private final PrintWriter out;
  private final Instant now;

  PinsText(PrintWriter out, Instant now) {
    this.out = out;
    this.now = now;
  }

  /** Prints each server as soon as it is known, because the next may take long. */
  void server(ServerPins pins) {
    out.println(pins.server());
    if (!pins.isBelieved()) {
      boolean shown = !pins.certificates().isEmpty();
      out.println((shown ? "  NOT trusted: " : "  NOT reached: ") + pins.reason());
    }
    for (ChainCertificate certificate : pins.certificates()) {
      out.printf(
          Locale.ROOT,
          "  %-9s  %s  %s%n",
          certificate.role().name().toLowerCase(Locale.ROOT),
          certificate.pin(),
          certificate.subject());
      out.printf(Locale.ROOT, "  %-9s  %s%n", "", lifeOf(certificate));
    }
    if (pins.matched() != null) {
      out.println("  yours      " + pins.matched() + "  matches");
    } else if (pins.isMismatch()) {
      out.println("  yours      NONE of dotagent.pins matches");
    }
    out.println();
    out.flush();
  }

  private String lifeOf(ChainCertificate certificate) {
    if (now.isBefore(certificate.begins())) {
      return "not before " + certificate.begins();
    }
    return now.isAfter(certificate.ends())
        ? "EXPIRED on " + certificate.ends()
        : "until "
            + certificate.ends()
            + ", "
            + RoundedTime.text(Duration.between(now, certificate.ends()))
            + " more";
  }

  /** The last line is the one to paste, if there is any. */
  void advice(List<ServerPins> servers) {
    Optional<String> setting = PinSetting.of(servers);
    boolean mismatch = servers.stream().anyMatch(ServerPins::isMismatch);
    if (mismatch) {
      out.println(
          "Where NONE of your pins matches, the server has a new key, or another server answers.");
      out.println(
          "Its keys are not those that you pinned: pin none of them before you have verified it");
      out.println("through another channel, such as the server's owner.");
    }
    if (mismatch && !setting.isPresent()) {
      return;
    }
    if (mismatch) {
      out.println();
    }
    if (!setting.isPresent()) {
      out.println("No server is trusted, so there is no key to pin. See: doctor");
      return;
    }
    out.println(
        "A server's own key changes with its certificate, an issuer's far less often. Pin more");
    out.println(
        "than one: when the only one changes, every lookup fails. Before you use this line,");
    if (servers.stream().anyMatch(ServerPins::isByPinsAlone)) {
      out.println(
          "compare it with the output from another network. The issuers' pins are left out: with");
      out.println("dotagent.auth=pins every certificate of an issuer would pass.");
    } else {
      out.println(
          "compare it with the output from another network. With dotagent.auth=pins leave the");
      out.println("issuers' pins out: every certificate of an issuer would pass.");
    }
    out.println();
    out.println(setting.get());
  }
}
