package io.github.dotagent.config;

/** The treatment of DNS queries that a library sends by itself, past {@code InetAddress}. */
public enum BypassMode {
  /** It goes over TLS where that is possible; the rest is reported. */
  ROUTE,
  /** It is reported. */
  REPORT,
  /** It goes over TLS where that is possible; the rest is refused. */
  BLOCK,
  /** It is not looked for. */
  OFF;

  static BypassMode read(Setting bypass) throws ConfigException {
    switch (WordText.oneOf(bypass, "route", "report", "block", "off")) {
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
