package io.github.dotagent.tls;

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

  /** The length of an array fits into four octets. */
  private static final int MOST_LENGTH_OCTETS = 4;

  /** Names nest five deep, extensions some more: no certificate comes near it. */
  private static final int DEEPEST = 30;

  private final byte[] octets;

  private DerCertificate(byte[] octets) {
    this.octets = octets;
  }

  static boolean isOne(byte[] octets) {
    DerCertificate der = new DerCertificate(octets);
    return der.isDer(0, octets.length, 0) && der.isCertificate();
  }

  /** No objects are made of the elements: a file may have millions. */
  private boolean isDer(int from, int to, int depth) {
    if (depth > DEEPEST) {
      return false;
    }
    int at = from;
    while (at < to) {
      long content = content(at, to);
      int tag = octets[at] & 0xff;
      if (content < 0
          || (tag & LONG_TAG) == LONG_TAG
          || (tag & CONSTRUCTED) != 0 && !isDer(begin(content), end(content), depth + 1)) {
        return false;
      }
      at = end(content);
    }
    return at == to;
  }

  private boolean isCertificate() {
    int whole = octets.length;
    if (!isNext(SEQUENCE, 0, whole) || after(0, whole) != whole) {
      return false;
    }
    int signed = begin(content(0, whole));
    return areExactly(signed, whole, SEQUENCE, SEQUENCE, BIT_STRING)
        && isToBeSigned(begin(content(signed, whole)), after(signed, whole));
  }

  /**
   * Version, serial number, algorithm, issuer, validity, subject, key; what follows is optional.
   */
  private boolean isToBeSigned(int from, int to) {
    int serial = isNext(VERSION, from, to) ? after(from, to) : from;
    if (behind(serial, to, INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE) < 0) {
      return false;
    }
    int validity = after(after(after(serial, to), to), to);
    int key = after(after(validity, to), to);
    return isValidity(begin(content(validity, to)), after(validity, to))
        && areExactly(begin(content(key, to)), after(key, to), SEQUENCE, BIT_STRING);
  }

  private boolean isValidity(int from, int to) {
    return isTime(from, to) && isTime(after(from, to), to) && after(after(from, to), to) == to;
  }

  private boolean isTime(int at, int to) {
    return isNext(UTC_TIME, at, to) || isNext(GENERALIZED_TIME, at, to);
  }

  private boolean areExactly(int from, int to, int... tags) {
    return behind(from, to, tags) == to;
  }

  /** The place behind elements with these tags; -1 if there are other elements. */
  private int behind(int from, int to, int... tags) {
    int at = from;
    for (int tag : tags) {
      if (!isNext(tag, at, to)) {
        return -1;
      }
      at = after(at, to);
    }
    return at;
  }

  private boolean isNext(int tag, int at, int to) {
    return at < to && (octets[at] & 0xff) == tag;
  }

  /** The place behind the element that begins here. */
  private int after(int at, int to) {
    return end(content(at, to));
  }

  private static int begin(long content) {
    return (int) (content >>> 32);
  }

  private static int end(long content) {
    return (int) content;
  }

  /**
   * Where the content begins, in the upper 32 bits, and where it ends, in the lower ones; -1 if it
   * ends too late.
   */
  private long content(int at, int to) {
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
}
