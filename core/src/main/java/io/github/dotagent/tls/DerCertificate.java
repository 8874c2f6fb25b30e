package io.github.dotagent.tls;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether octets have the shape of an X.509 certificate (RFC 5280 §4.1). It does not use the JDK's
 * classes for that: they take tens of milliseconds to load, and a start waits for this check.
 */
final class DerCertificate {
  // tags of X.690 §8
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int VERSION = 0xa0;
  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_TAG = 0x1f; // never in a certificate
  private static final int LONG_LENGTH = 0x80;

  /** More octets of length than an array can have. */
  private static final int MOST_LENGTH_OCTETS = 4;

  /** Names nest five deep, extensions some more: no certificate comes near it. */
  private static final int DEEPEST = 30;

  private final byte[] octets;

  private DerCertificate(byte[] octets) {
    this.octets = octets;
  }

  static boolean isOne(byte[] octets) {
    DerCertificate der = new DerCertificate(octets);
    List<Element> outer = der.elements(0, octets.length, 0);
    return outer != null
        && outer.size() == 1
        && outer.get(0).tag == SEQUENCE
        && der.is(outer.get(0));
  }

  private boolean is(Element certificate) {
    List<Element> parts = certificate.children;
    return parts.size() == 3
        && parts.get(0).tag == SEQUENCE
        && parts.get(1).tag == SEQUENCE
        && parts.get(2).tag == BIT_STRING
        && isToBeSigned(parts.get(0).children);
  }

  /**
   * Version, serial number, algorithm, issuer, validity, subject, key; what follows is optional.
   */
  private static boolean isToBeSigned(List<Element> parts) {
    int at = !parts.isEmpty() && parts.get(0).tag == VERSION ? 1 : 0;
    if (parts.size() < at + 6 || parts.get(at).tag != INTEGER) {
      return false;
    }
    for (int i = at + 1; i < at + 6; i++) {
      if (parts.get(i).tag != SEQUENCE) {
        return false;
      }
    }
    return isValidity(parts.get(at + 3).children) && isKey(parts.get(at + 5).children);
  }

  private static boolean isValidity(List<Element> times) {
    return times.size() == 2 && isTime(times.get(0)) && isTime(times.get(1));
  }

  private static boolean isTime(Element element) {
    return element.tag == UTC_TIME || element.tag == GENERALIZED_TIME;
  }

  private static boolean isKey(List<Element> parts) {
    return parts.size() == 2 && parts.get(0).tag == SEQUENCE && parts.get(1).tag == BIT_STRING;
  }

  /** Null when the octets are not DER. */
  private List<Element> elements(int from, int to, int depth) {
    if (depth > DEEPEST) {
      return null;
    }
    List<Element> elements = new ArrayList<>();
    int at = from;
    while (at < to) {
      int tag = octets[at] & 0xff;
      long end = contentEnd(at, to);
      if ((tag & LONG_TAG) == LONG_TAG || end < 0) {
        return null;
      }
      List<Element> children = new ArrayList<>();
      if ((tag & CONSTRUCTED) != 0) {
        children = elements((int) (end >>> 32), (int) end, depth + 1);
        if (children == null) {
          return null;
        }
      }
      elements.add(new Element(tag, children));
      at = (int) end;
    }
    return elements;
  }

  /** Where the content begins, above, and where it ends, below; -1 when that is beyond the end. */
  private long contentEnd(int at, int to) {
    if (at + 2 > to) {
      return -1;
    }
    int first = octets[at + 1] & 0xff;
    int more = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
    if (first == LONG_LENGTH || more > MOST_LENGTH_OCTETS || at + 2 + more > to) {
      return -1; // 0x80 would be BER's indefinite length
    }
    long length = more == 0 ? first : 0;
    for (int i = 0; i < more; i++) {
      length = length << 8 | (octets[at + 2 + i] & 0xff);
    }
    long begin = at + 2L + more;
    return begin + length > to ? -1 : begin << 32 | (begin + length);
  }

  private static final class Element {
    final int tag;
    final List<Element> children; // empty for a primitive one

    Element(int tag, List<Element> children) {
      this.tag = tag;
      this.children = children;
    }
  }
}
