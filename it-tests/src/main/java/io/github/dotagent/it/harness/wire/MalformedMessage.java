package io.github.dotagent.it.harness.wire;

/** Octets that are not a DNS query. */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessage(String what) {
    super(what);
  }
}
