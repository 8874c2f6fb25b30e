package io.github.dotagent.config;

import io.github.dotagent.upstream.UpstreamSpec;

/** Reads a TCP port. */
final class PortText {
  private static final int DIGITS = 5; // of the largest

  private PortText() {}

  /** 1 to 65535; 0 when the text is no such number. */
  static int parse(String text) {
    if (!CountText.isDigits(text) || text.length() > DIGITS) {
      return 0;
    }
    int port = Integer.parseInt(text);
    return port <= UpstreamSpec.LARGEST_PORT ? port : 0;
  }
}
