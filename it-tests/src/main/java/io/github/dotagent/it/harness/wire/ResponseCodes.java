package io.github.dotagent.it.harness.wire;

/** The response codes that the server gives (RFC 1035 §4.1.1). */
public final class ResponseCodes {
  public static final int NOERROR = 0;
  public static final int FORMERR = 1;
  public static final int SERVFAIL = 2;
  public static final int NXDOMAIN = 3;
  public static final int NOTIMP = 4;
  public static final int REFUSED = 5;

  private ResponseCodes() {}
}
