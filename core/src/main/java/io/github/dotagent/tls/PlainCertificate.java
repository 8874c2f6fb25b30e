package io.github.dotagent.tls;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether every part of an X.509 certificate (RFC 5280 §4.1) is of the usual form, so that any Java
 * can read it. It does not use the JDK's classes for that: they take tens of milliseconds to load,
 * and a start waits for this check. A certificate that is not plain may still be valid; the JDK's
 * classes decide about it. For one certificate and one thread.
 */
final class PlainCertificate {
  // tags of X.690 §8
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OID = 0x06;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;

  /** The types of the text in names: UTF8String, PrintableString, T61String, IA5String. */
  private static final int[] STRINGS = {0x0c, 0x13, 0x14, 0x16};

  private static final int[] VERSION_3 = {INTEGER, 1, 2}; // RFC 5280 §4.1.2.1
  private static final int[] NULL = {0x05, 0}; // the parameters of RSA, RFC 3279 §2.3.1

  /** OBJECT IDENTIFIERs without tag and length. */
  private static final int[] RSA = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1}; // RFC 3279 §2.3.1

  private static final int[] RSA_WITH = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1}; // RFC 4055 §5
  private static final int[] EC = {0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1}; // RFC 5480 §2.1.1
  private static final int[] ECDSA_WITH = {0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3}; // RFC 5758 §3.2
  private static final int[] P_256 = {0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7}; // RFC 5480 §2.1.1.1
  private static final int[] P_384 = {0x2b, 0x81, 4, 0, 0x22}; // the same

  private static final int[] IDS = {0x55, 0x1d}; // id-ce, RFC 5280 §4.2.1: the extensions
  private static final int KEY_USAGE = 15; // the rest of its identifier, §4.2.1.3
  private static final int BASIC_CONSTRAINTS = 19; // §4.2.1.9

  /** SHA-1, which old roots have, and SHA-256 to SHA-512 (RFC 4055 §5). */
  private static final int[] RSA_HASHES = {5, 11, 12, 13};

  private static final int MOST_SERIAL_OCTETS = 20; // RFC 5280 §4.1.2.2
  private static final int LEAST_MODULUS_OCTETS = 128; // 1024 bits; smaller ones have no use
  private static final int MOST_EXPONENT_OCTETS = 4; // 65537 has three
  private static final int UNCOMPRESSED = 4; // SEC 1 §2.3.3
  private static final int DAYS = 31;
  private static final int MOST_LENGTH_OCTETS = 3; // 16 MB

  private final byte[] octets;
  private int at;

  private PlainCertificate(byte[] octets) {
    this.octets = octets;
  }

  static boolean isOne(byte[] octets) {
    try {
      new PlainCertificate(octets).certificate();
      return true;
    } catch (NotPlainException | ArrayIndexOutOfBoundsException other) {
      return false;
    }
  }

  private void certificate() throws NotPlainException {
    int end = enter(SEQUENCE, octets.length);
    require(end == octets.length);
    int signed = enter(SEQUENCE, end);
    byte[] algorithm = signed(signed);
    require(at == signed);
    int signature = at;
    signatureAlgorithm(end);
    require(Arrays.equals(algorithm, Arrays.copyOfRange(octets, signature, at)));
    int bits = enter(BIT_STRING, end);
    require(octets[at] == 0 && bits == end); // no unused bits
  }

  /**
   * Reads the part that is signed. Returns the algorithm of the signature, which the certificate
   * has twice.
   */
  private byte[] signed(int end) throws NotPlainException {
    boolean version3 = (octets[at] & 0xff) == VERSION;
    if (version3) {
      int version = enter(VERSION, end);
      require(isExactly(VERSION_3, version));
      at = version;
    }
    int serial = integer(end);
    require(serial <= MOST_SERIAL_OCTETS);
    int begin = at;
    signatureAlgorithm(end);
    byte[] algorithm = Arrays.copyOfRange(octets, begin, at);
    name(end);
    int validity = enter(SEQUENCE, end);
    time(validity);
    time(validity);
    require(at == validity);
    name(end);
    key(end);
    if (at < end) {
      require(version3);
      int extensions = enter(EXTENSIONS, end);
      require(extensions == end);
      extensions(extensions);
    }
    return algorithm;
  }

  private void signatureAlgorithm(int limit) throws NotPlainException {
    int end = enter(SEQUENCE, limit);
    int oid = enter(OID, end);
    int last = octets[oid - 1];
    boolean rsa =
        oid - at == RSA_WITH.length + 1 && startsWith(RSA_WITH, oid) && contains(RSA_HASHES, last);
    boolean ecdsa = oid - at == ECDSA_WITH.length + 1 && startsWith(ECDSA_WITH, oid);
    require(rsa || ecdsa && last >= 2 && last <= 4);
    at = oid;
    require(rsa ? isExactly(NULL, end) : at == end); // RFC 5758 §3.2: ECDSA has no parameters
    at = end;
  }

  private void name(int limit) throws NotPlainException {
    int end = enter(SEQUENCE, limit);
    while (at < end) {
      int set = enter(SET, end);
      require(at < set);
      while (at < set) {
        int pair = enter(SEQUENCE, set);
        oid(pair);
        require(contains(STRINGS, octets[at]));
        at = enter(octets[at], pair);
        require(at == pair);
      }
    }
  }

  private void oid(int limit) throws NotPlainException {
    int end = enter(OID, limit);
    require(at < end && octets[end - 1] >= 0); // the last octet of a number has no top bit
    for (boolean first = true; at < end; at++) {
      require(!(first && (octets[at] & 0xff) == 0x80)); // X.690 §8.19.2: the fewest octets
      first = octets[at] >= 0;
    }
  }

  private void time(int limit) throws NotPlainException {
    boolean utc = octets[at] == UTC_TIME;
    int end = enter(utc ? UTC_TIME : GENERALIZED_TIME, limit);
    int year = utc ? 2 : 4;
    require(end - at == year + 11 && octets[end - 1] == 'Z');
    for (int i = at; i < end - 1; i++) {
      require(octets[i] >= '0' && octets[i] <= '9');
    }
    at += year;
    require(isIn(1, 12) && isIn(1, DAYS) && isIn(0, 23) && isIn(0, 59) && isIn(0, 59));
    at = end;
  }

  private boolean isIn(int least, int most) {
    int number = 10 * (octets[at] - '0') + octets[at + 1] - '0';
    at += 2;
    return number >= least && number <= most;
  }

  private void key(int limit) throws NotPlainException {
    int end = enter(SEQUENCE, limit);
    int algorithm = enter(SEQUENCE, end);
    int oid = enter(OID, algorithm);
    boolean rsa = isExactly(RSA, oid);
    require(rsa || isExactly(EC, oid));
    at = oid;
    int coordinate = 0;
    if (rsa) {
      require(isExactly(NULL, algorithm));
    } else {
      int curve = enter(OID, algorithm);
      coordinate = isExactly(P_256, curve) ? 32 : isExactly(P_384, curve) ? 48 : -1;
      require(coordinate > 0 && curve == algorithm);
    }
    at = algorithm;
    int bits = enter(BIT_STRING, end);
    require(bits == end && octets[at++] == 0);
    if (rsa) {
      int numbers = enter(SEQUENCE, end);
      require(numbers == end);
      require(integer(end) >= LEAST_MODULUS_OCTETS);
      require(octets[end - 1] % 2 != 0); // the exponent is odd
      require(integer(end) <= MOST_EXPONENT_OCTETS && at == end);
    } else {
      // whether the point is on the curve is arithmetic, which the JDK leaves for later as well
      require(end - at == 1 + 2 * coordinate && octets[at] == UNCOMPRESSED);
      at = end;
    }
  }

  private void extensions(int limit) throws NotPlainException {
    int end = enter(SEQUENCE, limit);
    require(end == limit);
    Set<String> seen = new HashSet<>();
    while (at < end) {
      int extension = enter(SEQUENCE, end);
      int begin = at;
      oid(extension);
      require(seen.add(Arrays.toString(Arrays.copyOfRange(octets, begin, at)))); // RFC 5280 §4.2
      boolean ours = at - begin == 5 && startsWith(IDS, at, begin + 2);
      int id = ours ? octets[at - 1] : -1;
      boolean critical = octets[at] == BOOLEAN;
      if (critical) {
        int value = enter(BOOLEAN, extension);
        require(value - at == 1 && octets[at] == (byte) 0xff);
        at = value;
      }
      int data = enter(OCTET_STRING, extension);
      require(data == extension);
      if (id == BASIC_CONSTRAINTS) {
        basicConstraints(data);
      } else if (id == KEY_USAGE) {
        int bits = enter(BIT_STRING, data);
        require(
            bits == data && bits - at >= 2 && bits - at <= 3 && octets[at] >= 0 && octets[at] < 8);
      } else {
        require(!critical); // of other extensions the JDK keeps the octets, if it cannot read them
      }
      at = data;
    }
  }

  private void basicConstraints(int limit) throws NotPlainException {
    int end = enter(SEQUENCE, limit);
    require(end == limit);
    if (at < end) {
      int authority = enter(BOOLEAN, end);
      require(authority - at == 1 && octets[at] == (byte) 0xff);
      at = authority;
    }
    if (at < end) {
      require(integer(end) == 1);
    }
    require(at == end);
  }

  /**
   * Reads a positive INTEGER in the fewest octets. Returns how many it has, without a leading zero.
   */
  private int integer(int limit) throws NotPlainException {
    int end = enter(INTEGER, limit);
    int length = end - at;
    require(length > 0 && octets[at] >= 0);
    boolean zero = length > 1 && octets[at] == 0;
    require(!zero || octets[at + 1] < 0); // X.690 §8.3.2
    at = end;
    return zero ? length - 1 : length;
  }

  /** Moves to the content of the element that begins here, and returns its end. */
  private int enter(int tag, int limit) throws NotPlainException {
    require(at + 2 <= limit && (octets[at] & 0xff) == (tag & 0xff));
    int length = octets[at + 1] & 0xff;
    at += 2;
    if (length >= 0x80) {
      int more = length - 0x80;
      require(more > 0 && more <= MOST_LENGTH_OCTETS && at + more <= limit);
      require(octets[at] != 0); // X.690 §10.1: the fewest octets
      length = 0;
      for (int i = 0; i < more; i++) {
        length = length << 8 | octets[at++] & 0xff;
      }
      require(length >= 0x80);
    }
    require(length <= limit - at);
    return at + length;
  }

  private boolean isExactly(int[] expected, int end) {
    return end - at == expected.length && startsWith(expected, end);
  }

  private boolean startsWith(int[] expected, int end) {
    return startsWith(expected, end, at);
  }

  private boolean startsWith(int[] expected, int end, int begin) {
    boolean same = begin + expected.length <= end;
    for (int i = 0; same && i < expected.length; i++) {
      same = (octets[begin + i] & 0xff) == expected[i];
    }
    return same;
  }

  private static boolean contains(int[] values, int value) {
    for (int one : values) {
      if (one == value) {
        return true;
      }
    }
    return false;
  }

  private static void require(boolean plain) throws NotPlainException {
    if (!plain) {
      throw new NotPlainException();
    }
  }

  /** Without a stack trace: it is caught at once. */
  private static final class NotPlainException extends Exception {
    private static final long serialVersionUID = 1L;

    private NotPlainException() {
      super(null, null, false, false);
    }
  }
}
