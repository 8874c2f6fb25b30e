package io.github.dotagent.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of an answer in little memory. A list of arrays takes four objects for one address,
 * and a hundred thousand names have two such lists each.
 */
final class PackedRecords {
  /** The memory of a string's two objects and of the reference to it, on a 64-bit JVM. */
  private static final int OCTETS_BESIDE_A_NAME = 48;

  private PackedRecords() {}

  /**
   * About how much memory they take.
   *
   * @param packed packed addresses, names, a text, or null for none
   */
  static int octets(Object packed) {
    if (packed instanceof byte[]) {
      return ((byte[]) packed).length;
    }
    int octets = 0;
    if (packed instanceof String[]) {
      for (String name : (String[]) packed) {
        octets += octets(name);
      }
    }
    return packed instanceof String ? octets((String) packed) : octets;
  }

  private static int octets(String text) {
    return OCTETS_BESIDE_A_NAME + Character.BYTES * text.length(); // as on Java 8: two octets each
  }

  /** Addresses of one length, end to end. */
  static byte[] pack(List<byte[]> addresses, int octets) {
    byte[] packed = new byte[addresses.size() * octets];
    for (int i = 0; i < addresses.size(); i++) {
      System.arraycopy(addresses.get(i), 0, packed, i * octets, octets);
    }
    return packed;
  }

  /**
   * All addresses in the packed order, but beginning at another one.
   *
   * @param turn the place of the first one, 0 or more; it may be larger than the number of
   *     addresses
   */
  static List<byte[]> turned(byte[] packed, int octets, int turn) {
    int count = packed.length / octets;
    List<byte[]> addresses = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = (turn % count + i) % count * octets;
      addresses.add(Arrays.copyOfRange(packed, from, from + octets));
    }
    return addresses;
  }

  /** The same for names. */
  static List<String> turned(String[] names, int turn) {
    List<String> turned = new ArrayList<>(names.length);
    for (int i = 0; i < names.length; i++) {
      turned.add(names[(turn % names.length + i) % names.length]);
    }
    return turned;
  }
}
