package io.github.dotagent.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Stores as RFC 7292 has them, with numbers of iterations that no tool would write. What is
 * encrypted in them is noise.
 */
final class Pkcs12 {
  private static final byte[] DATA = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1);
  private static final byte[] ENCRYPTED_DATA = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 6);
  private static final byte[] PBES1 = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 1, 3);
  private static final byte[] PBES2 = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 13);
  private static final byte[] PBKDF2 = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 12);
  private static final byte[] AES_256 = oid(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2a);
  private static final byte[] SHA_256 = oid(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1);
  private static final byte[] SHROUDED_KEY =
      oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 10, 1, 2);
  private static final byte[] SALT = string(new byte[20]);

  /** Whether elements that hold others have BER's indefinite length, and strings come in pieces. */
  private final boolean ber;

  private Pkcs12(boolean ber) {
    this.ber = ber;
  }

  static Pkcs12 der() {
    return new Pkcs12(false);
  }

  static Pkcs12 ber() {
    return new Pkcs12(true);
  }

  /**
   * @param mac iterations
   */
  byte[] store(long mac, byte[]... parts) {
    return sequence(number(3), data(sequence(parts)), macData(mac));
  }

  private byte[] macData(long iterations) {
    byte[] digest = sequence(sequence(SHA_256, element(5)), string(new byte[32]));
    return sequence(digest, SALT, number(iterations));
  }

  /** What is within is not encrypted. */
  byte[] data(byte[] within) {
    return sequence(DATA, holding(0xa0, wholeOrPieces(within)));
  }

  /** Certificates, as a rule. */
  byte[] encrypted(byte[] algorithm) {
    return encrypted(algorithm, new byte[0]);
  }

  /**
   * @param behind octets behind what is encrypted, which no tool writes
   */
  byte[] encrypted(byte[] algorithm, byte[] behind) {
    byte[] content = sequence(DATA, algorithm, element(0x80, new byte[64]));
    return sequence(ENCRYPTED_DATA, holding(0xa0, sequence(number(0), content, behind)));
  }

  /** As NSS and BouncyCastle write it: what is encrypted comes in strings. */
  byte[] encryptedInPieces(byte[] algorithm, byte[] noise) {
    byte[] content = sequence(DATA, algorithm, holding(0xa0, string(noise), string(noise)));
    return sequence(ENCRYPTED_DATA, holding(0xa0, sequence(number(0), content)));
  }

  byte[] encryptedKey(byte[] algorithm) {
    byte[] key = sequence(algorithm, string(new byte[64]));
    return data(sequence(sequence(SHROUDED_KEY, holding(0xa0, key))));
  }

  /** The older scheme, RFC 8018 §6.1. */
  byte[] pbes1(long iterations) {
    return sequence(PBES1, sequence(SALT, number(iterations)));
  }

  /** RFC 8018 §6.2. */
  byte[] pbes2(long iterations) {
    byte[] derivation = sequence(PBKDF2, sequence(SALT, number(iterations), number(32)));
    return sequence(PBES2, sequence(derivation, sequence(AES_256, string(new byte[16]))));
  }

  static byte[] number(long value) {
    return element(2, BigInteger.valueOf(value).toByteArray());
  }

  static byte[] string(byte[] octets) {
    return element(4, octets);
  }

  private byte[] wholeOrPieces(byte[] octets) {
    if (!ber) {
      return string(octets);
    }
    int half = octets.length / 2;
    return holding(
        0x24,
        string(Arrays.copyOf(octets, half)),
        string(Arrays.copyOfRange(octets, half, octets.length)));
  }

  byte[] sequence(byte[]... within) {
    return holding(0x30, within);
  }

  private byte[] holding(int tag, byte[]... within) {
    if (!ber) {
      return element(tag, within);
    }
    byte[] all = joined(within);
    return joined(new byte[] {(byte) tag, (byte) 0x80}, all, new byte[2]);
  }

  static byte[] element(int tag, byte[]... within) {
    byte[] all = joined(within);
    return joined(new byte[] {(byte) tag}, lengthOctets(all.length), all);
  }

  /** No longer than it has to be (X.690 §10.1): the JDK's reader insists on that. */
  private static byte[] lengthOctets(int length) {
    if (length < 0x80) {
      return new byte[] {(byte) length};
    }
    byte[] number = BigInteger.valueOf(length).toByteArray(); // with a zero before a high bit
    int from = number[0] == 0 ? 1 : 0;
    byte[] octets = Arrays.copyOfRange(number, from, number.length);
    return joined(new byte[] {(byte) (0x80 + octets.length)}, octets);
  }

  private static byte[] oid(int... octets) {
    byte[] id = new byte[octets.length];
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) octets[i];
    }
    return element(6, id);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
