package io.github.dotagent.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Counts the hash iterations that are needed to open a PKCS12 store (RFC 7292): the MAC and each
 * encrypted part have a number of their own. It reads the numbers from the encoding before the
 * store is opened, because a thread that opens a store cannot be stopped. It reads BER as well as
 * DER, because some tools write BER. For one store and one thread.
 *
 * <p>The JDK reads the parts that it needs and skips the others. So damage inside an element of
 * known length does not end the count; the count goes on after that element.
 */
final class Pkcs12Iterations {
  /**
   * The JDK allows this number for each part ({@code sun.security.pkcs12.PKCS12KeyStore}), and has
   * no limit for the number of parts; a thousand parts take hours. Here it is the limit of all
   * parts together. A store with three parts of 1,300,000 each, the highest known advice (OWASP,
   * PBKDF2 with SHA-1), can still be read. keytool writes 10,000 a part, openssl 2,048.
   */
  static final long MOST = 5_000_000;

  // tags of X.690 §8; to the JDK's readers a tag is always one octet
  private static final int END_MARK = 0x00;
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int CONSTRUCTED = 0x20;

  /** OBJECT IDENTIFIER pkcs7-data, RFC 2315 §14, without tag and length. */
  private static final byte[] DATA = {
    0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 7, 1
  };

  private static final int LONG_LENGTH = 0x80;
  private static final int UNTIL_MARK = -1; // BER's indefinite length
  private static final int MOST_LENGTH_OCTETS = 4; // more than an array can have

  /**
   * A key's parameters nest ten deep in their part. The JDK spends the square of the depth on
   * indefinite lengths ({@code sun.security.util.DerIndefLenConverter}): half a minute for 1 MB of
   * them, hours for 16 MB.
   */
  private static final int DEEPEST = 30;

  /**
   * A part is in an OCTET STRING, and an unencrypted part in one more (RFC 7292 §4.1). A deeper
   * element is a certificate.
   */
  private static final int STRINGS = 2;

  /** {@code PBEParameter} and {@code PBKDF2-params} have the number second, MacData third. */
  private static final int LAST_PLACE = 2;

  private final byte[] octets;
  private final int strings; // that these octets stand in
  private int at;
  private int tag; // of the element whose content begins here
  private int length; // of that content, or UNTIL_MARK
  private long counted;

  private Pkcs12Iterations(byte[] octets, int strings) {
    this.octets = octets;
    this.strings = strings;
  }

  /**
   * The reason why the JDK must not open a store; the message has it after the name of the file.
   * Null if the JDK may open it, also if it is not a PKCS12 store: then the JDK's classes report
   * that.
   *
   * @param withPassword whether there is one: without it, no iteration is made
   */
  static String problem(byte[] store, boolean withPassword) {
    try {
      return of(store) > MOST && withPassword
          ? "takes too long to open: its iteration counts add up to more than 5,000,000"
          : null;
    } catch (IOException unclear) {
      return "is damaged, or nests deeper than a store does";
    }
  }

  /**
   * The number of iterations, exact up to the limit.
   *
   * @throws IOException when they cannot be counted: an element of indefinite length is damaged, or
   *     too deep
   */
  static long of(byte[] store) throws IOException {
    return of(store, 0);
  }

  private static long of(byte[] octets, int strings) throws IOException {
    Pkcs12Iterations within = new Pkcs12Iterations(octets, strings);
    within.elements(octets.length, false, 0, false);
    return within.counted;
  }

  /**
   * In a store, an INTEGER after an OCTET STRING is always the number of iterations after the salt.
   * Other strings may hold noise, so only the string after pkcs7-data is entered.
   *
   * @param marked whether a mark ends them, before {@code to}
   * @param hold whether a string among them holds parts of the store
   */
  private void elements(int to, boolean marked, int depth, boolean hold) throws IOException {
    boolean behindString = false;
    boolean behindData = false;
    // the outermost level has one element; readers ignore the octets behind it
    for (int place = 0; marked || at < to && (depth > 0 || place == 0); place++) {
      if (!enter(to)) {
        requireClear(!marked);
        at = to; // nothing behind it can be found
        return;
      }
      if (marked && tag == END_MARK && length == 0) {
        return;
      }
      int its = tag;
      boolean open = length == UNTIL_MARK;
      boolean holder = (its & CONSTRUCTED) != 0;
      requireClear(!open || holder && depth < DEEPEST);
      int end = open ? to : at + length;
      if (its == INTEGER && behindString && place <= LAST_PLACE) {
        count(new BigInteger(1, Arrays.copyOfRange(octets, at, end)));
      }
      behindString = (its & ~CONSTRUCTED) == OCTET_STRING;
      boolean data =
          its == OBJECT_IDENTIFIER && Arrays.equals(DATA, Arrays.copyOfRange(octets, at, end));
      if (behindString && hold) {
        ByteArrayOutputStream string = new ByteArrayOutputStream();
        addString(string, its, end, open, depth + 1);
        counted += of(string.toByteArray(), strings + 1);
      } else if (holder && depth < DEEPEST) {
        elements(end, open, depth + 1, behindData && strings < STRINGS);
      }
      if (!open) {
        at = end;
      }
      behindData = data;
    }
  }

  /** Above {@link #MOST} one number is as good as another. */
  private void count(BigInteger iterations) {
    counted += iterations.min(BigInteger.valueOf(MOST + 1)).longValue();
  }

  /** BER allows a string in pieces, X.690 §8.7.3. */
  private void addString(ByteArrayOutputStream whole, int its, int end, boolean open, int depth)
      throws IOException {
    if (its == OCTET_STRING) {
      whole.write(octets, at, end - at);
      return;
    }
    while (open || at < end) {
      boolean entered = depth < DEEPEST && enter(end);
      if (entered && open && tag == END_MARK && length == 0) {
        return;
      }
      if (!entered || (tag & ~CONSTRUCTED) != OCTET_STRING) {
        requireClear(!open);
        return;
      }
      boolean pieceOpen = length == UNTIL_MARK;
      requireClear(!pieceOpen || tag != OCTET_STRING);
      int pieceEnd = pieceOpen ? end : at + length;
      addString(whole, tag, pieceEnd, pieceOpen, depth + 1);
      if (!pieceOpen) {
        at = pieceEnd;
      }
    }
  }

  private static void requireClear(boolean clear) throws IOException {
    if (!clear) {
      throw new IOException("its end cannot be found");
    }
  }

  /**
   * Moves to the content of the element that begins here; false if there is none, or it is too
   * long.
   */
  private boolean enter(int to) {
    if (to - at < 2) {
      return false;
    }
    tag = octets[at++] & 0xff;
    int first = octets[at++] & 0xff;
    if (first == LONG_LENGTH) {
      length = UNTIL_MARK;
      return true;
    }
    int more = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
    if (more > MOST_LENGTH_OCTETS || more > to - at) {
      return false;
    }
    long its = more == 0 ? first : 0;
    for (int i = 0; i < more; i++) {
      its = its << 8 | (octets[at++] & 0xff);
    }
    length = (int) Math.min(its, Integer.MAX_VALUE);
    return its <= to - at;
  }
}
