package io.github.dotagent.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Octets taken apart into the choices of a target and what is read. For one thread. */
public final class FuzzInput {
  private final byte[] octets;
  private int at;

  public FuzzInput(byte[] octets) {
    this.octets = octets;
  }

  /** 0 to 255; 0 when there is no more. */
  public int octet() {
    return at < octets.length ? octets[at++] & 0xff : 0;
  }

  /** One of so many, from 0 on. */
  public int choice(int many) {
    return octet() % many;
  }

  public boolean isEmpty() {
    return at >= octets.length;
  }

  /** As many octets as the next two say, or as there are. */
  public byte[] part() {
    int length = octet() << 8 | octet();
    byte[] part = Arrays.copyOfRange(octets, at, Math.min(octets.length, at + length));
    at += part.length;
    return part;
  }

  /** All that is left. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(octets, at, octets.length);
    at = octets.length;
    return rest;
  }

  /** All that is left, in UTF-8; what is none is U+FFFD. */
  public String text() {
    return new String(rest(), StandardCharsets.UTF_8);
  }
}
