package io.github.dotagent.it.harness.server;

/** A fault before the TLS handshake. */
public enum ConnectFault {
  /** A server that does not speak TLS and says so: writes a line of text, then closes. */
  PLAIN_TEXT,
  /** Accepts, then closes. */
  CLOSE,
  /** Accepts, then resets (RST). */
  RESET,
  /** Accepts and never says a word; the connection stays open. */
  SILENCE,
  /** Answers the first octets of the client's hello with the half of a TLS record, then nothing. */
  HALF_HANDSHAKE
}
