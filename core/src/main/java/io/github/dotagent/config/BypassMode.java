package io.github.dotagent.config;

/** The treatment of DNS queries that a library sends itself, past {@code InetAddress}. */
public enum BypassMode {
  /** Queries that can go over TLS do; the rest is reported. */
  ROUTE,
  /** All are reported. */
  REPORT,
  /** Queries that can go over TLS do; the rest is refused. */
  BLOCK,
  /** The agent does not look for them. */
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
