package io.github.dotagent.config;

/**
 * The addresses of {@code one.one.one.one}, built in so that the name needs no look-up before the
 * first look-up.
 */
final class CloudflareUpstreams {
  /** The name in the certificates of these servers. */
  static final String NAME = "one.one.one.one";

  /** IPv4 before IPv6: a machine without IPv6 is far more common than one without IPv4. */
  private static final String[] ADDRESSES = {
    "1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001"
  };

  static final String DEFAULT_TEXT =
      "1.1.1.1@853#one.one.one.one,"
          + "1.0.0.1@853#one.one.one.one,"
          + "2606:4700:4700::1111@853#one.one.one.one,"
          + "2606:4700:4700::1001@853#one.one.one.one";

  private CloudflareUpstreams() {}

  static String[] addresses() {
    return ADDRESSES.clone();
  }
}
