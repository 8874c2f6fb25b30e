package io.github.dotagent.wire;

/** The meanings of the codes of extended errors (RFC 8914 §4; IANA, "Extended DNS Error Codes"). */
public final class ExtendedErrorNames {
  private static final String[] NAMES = {
    "Other",
    "Unsupported DNSKEY Algorithm",
    "Unsupported DS Digest Type",
    "Stale Answer",
    "Forged Answer",
    "DNSSEC Indeterminate",
    "DNSSEC Bogus",
    "Signature Expired",
    "Signature Not Yet Valid",
    "DNSKEY Missing",
    "RRSIGs Missing",
    "No Zone Key Bit Set",
    "NSEC Missing",
    "Cached Error",
    "Not Ready",
    "Blocked",
    "Censored",
    "Filtered",
    "Prohibited",
    "Stale NXDOMAIN Answer",
    "Not Authoritative",
    "Not Supported",
    "No Reachable Authority",
    "Network Error",
    "Invalid Data",
    "Signature Expired before Valid",
    "Too Early",
    "Unsupported NSEC3 Iterations Value",
    "Unable to conform to policy",
    "Synthesized",
    "Invalid Query Type"
  };

  private ExtendedErrorNames() {}

  /** Such as {@code Signature Expired}. */
  public static String of(int code) {
    return code >= 0 && code < NAMES.length ? NAMES[code] : "Unknown code";
  }
}
