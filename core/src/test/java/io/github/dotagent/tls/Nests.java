package io.github.dotagent.tls;

/** Elements of indefinite length (X.690 §8.1.3.6), each within the one before it. */
final class Nests {
  private Nests() {}

  /**
   * Without their end marks.
   *
   * @param length in octets
   */
  static byte[] open(int length) {
    byte[] nested = new byte[length];
    for (int i = 0; i < length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }
    return nested;
  }

  /** With their end marks, which are zeros. */
  static byte[] closed(int length) {
    byte[] nested = new byte[length];
    System.arraycopy(open(length / 2), 0, nested, 0, length / 2);
    return nested;
  }
}
