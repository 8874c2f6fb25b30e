package io.github.dotagent.it.harness.wire;

/**
 * One option of an OPT record (RFC 6891 §6.1.2). The array belongs to the record: no code changes
 * it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EdnsOption(int code, byte[] data) {
  public static final int KEEPALIVE = 11; // RFC 7828
  public static final int PADDING = 12; // RFC 7830
  public static final int EXTENDED_ERROR = 15; // RFC 8914
}
