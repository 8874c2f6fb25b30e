package io.github.dotagent.config;

/** What happens to DNS that a library does for itself, past {@code InetAddress}. */
public enum BypassMode {
  /** It goes over TLS where that is possible; the rest is reported. */
  ROUTE,
  /** It is reported. */
  REPORT,
  /** It goes over TLS where that is possible; the rest is refused. */
  BLOCK,
  /** Nobody looks for it. */
  OFF;

  static BypassMode read(Setting bypass) throws ConfigException {
    switch (ChoiceText.oneOf(bypass, "route", "report", "block", "off")) {
      case "route":
        return ROUTE;
      case "report":
        return REPORT;
      case "block":
        return BLOCK;
      default:
        return OFF;
    }
  }
}
