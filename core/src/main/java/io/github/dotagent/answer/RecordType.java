package io.github.dotagent.answer;

/** The record types that a host name lookup asks for (RFC 1035 §3.2.2, RFC 3596 §2.1). */
public enum RecordType {
  /** An IPv4 address. */
  A,
  /** An IPv6 address. */
  AAAA,
  /** The name of an address. */
  PTR
}
