package io.github.dotagent.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * How many iterations of a hash it takes to open a PKCS12 store (RFC 7292): its MAC and each of its
 * encrypted parts say a number of their own. Read from the encoding, before the store is opened: a
 * thread that opens it cannot be stopped. BER as well as DER, because some tools write that. For
 * one store and one thread.
 */
final class Pkcs12Iterations {
  /**
   * The JDK allows as many for each part ({@code sun.security.pkcs12.PKCS12KeyStore}), and sets no
   * limit to the parts; a thousand of them take hours. Here all parts together may have as many: a
   * store of three parts with 1,300,000 each, the highest advice that is known (OWASP, PBKDF2 with
   * SHA-1), is still read. keytool writes 10,000 a part, openssl 2,048.
   */
  static final long MOST = 5_000_000;

  /** What is said of such a store, behind the name of its file. */
  static final String TOO_MANY =
      "takes too long to open: its iteration counts add up to more than 5,000,000";

  // tags of X.690 §8
  private static final int END_MARK = 0x00;
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_TAG = 0x1f; // never in a store

  private static final int LONG_LENGTH = 0x80;
  private static final int UNTIL_MARK = -1; // BER's indefinite length
  private static final int MOST_LENGTH_OCTETS = 4; // more than an array can have

  /** A key's parameters nest ten deep in their part; names in a certificate are not looked at. */
  private static final int DEEPEST = 30;

  /**
   * Parts stand in an OCTET STRING, and unencrypted parts in one more (RFC 7292 §4.1). What is
   * deeper is a certificate, or encrypted.
   */
  private static final int STRINGS = 2;

  /** {@code PBEParameter} and {@code PBKDF2-params} have the number second, MacData third. */
  private static final int LAST_PLACE = 2;

  private final byte[] octets;
  private final int strings; // that these octets stand in
  private int at;
  private long counted;

  private Pkcs12Iterations(byte[] octets, int strings) {
    this.octets = octets;
    this.strings = strings;
  }

  /** False also for what is no PKCS12 store: the JDK's classes say that. */
  static boolean areTooMany(byte[] store) {
    return of(store) > MOST;
  }

  /** Exact up to the limit. */
  static long of(byte[] store) {
    return of(store, 0);
  }

  private static long of(byte[] octets, int strings) {
    Pkcs12Iterations within = new Pkcs12Iterations(octets, strings);
    try {
      within.elements(octets.length, false, 0);
    } catch (IOException damaged) {
      // a reader may still try those that were counted
    }
    return within.counted;
  }

  /**
   * In a store an INTEGER behind an OCTET STRING is the number of iterations behind the salt, and
   * nothing else.
   *
   * @param marked whether a mark ends them, before {@code to}
   */
  private void elements(int to, boolean marked, int depth) throws IOException {
    boolean behindString = false;
    for (int place = 0; marked || at < to; place++) {
      int tag = next(to);
      int length = length(to);
      if (marked && tag == END_MARK) {
        return;
      }
      int end = length == UNTIL_MARK ? to : at + length;
      if (tag == INTEGER && behindString && place <= LAST_PLACE) {
        count(new BigInteger(1, Arrays.copyOfRange(octets, at, end)));
      }
      behindString = (tag & ~CONSTRUCTED) == OCTET_STRING;
      if (behindString) {
        ByteArrayOutputStream string = new ByteArrayOutputStream();
        addString(string, tag, length, to, depth + 1);
        if (strings < STRINGS) {
          counted += of(string.toByteArray(), strings + 1);
        }
      } else if ((tag & CONSTRUCTED) != 0) {
        enter(depth);
        elements(end, length == UNTIL_MARK, depth + 1);
      } else {
        at = end;
      }
    }
  }

  /** Above {@link #MOST} one number is as good as another. */
  private void count(BigInteger iterations) {
    counted += iterations.min(BigInteger.valueOf(MOST + 1)).longValue();
  }

  /** BER allows a string in pieces, X.690 §8.7.3. */
  private void addString(ByteArrayOutputStream whole, int tag, int length, int to, int depth)
      throws IOException {
    boolean marked = length == UNTIL_MARK;
    int end = marked ? to : at + length;
    if (tag == OCTET_STRING) {
      whole.write(octets, at, end - at);
      at = end;
      return;
    }
    enter(depth);
    while (marked || at < end) {
      int pieceTag = next(end);
      int pieceLength = length(end);
      if (marked && pieceTag == END_MARK) {
        return;
      }
      if ((pieceTag & ~CONSTRUCTED) != OCTET_STRING) {
        throw new IOException("a piece of another kind");
      }
      addString(whole, pieceTag, pieceLength, end, depth + 1);
    }
  }

  private static void enter(int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("too deep");
    }
  }

  private int next(int to) throws IOException {
    if (at >= to) {
      throw new IOException("too short");
    }
    return octets[at++] & 0xff;
  }

  /** Checked to be within the octets. */
  private int length(int to) throws IOException {
    boolean constructed = (octets[at - 1] & CONSTRUCTED) != 0;
    boolean longTag = (octets[at - 1] & LONG_TAG) == LONG_TAG;
    int first = next(to);
    int more = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
    if (first == LONG_LENGTH && constructed && !longTag) {
      return UNTIL_MARK;
    }
    if (longTag || first == LONG_LENGTH || more > MOST_LENGTH_OCTETS) {
      throw new IOException("no BER of a store");
    }
    long length = more == 0 ? first : 0;
    for (int i = 0; i < more; i++) {
      length = length << 8 | next(to);
    }
    if (length > to - at) {
      throw new IOException("too short");
    }
    return (int) length;
  }
}
