package io.github.dotagent.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of an answer in as little memory as they need: a list of arrays is four objects for
 * one address, and a hundred thousand names have two such lists each.
 */
final class PackedRecords {
  /** A string's two objects and the reference to it, on a 64-bit JVM. */
  private static final int OCTETS_BESIDE_A_NAME = 48;

  private PackedRecords() {}

  /**
   * About how much memory they take.
   *
   * @param packed addresses as they were packed, names, a text, or null for none
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
    return OCTETS_BESIDE_A_NAME + Character.BYTES * text.length(); // as Java 8 has them
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
   * All of them, in the order in which they were packed, beginning with another one.
   *
   * @param turn how far they are turned, 0 or more
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

  /** The same of names. */
  static List<String> turned(String[] names, int turn) {
    List<String> turned = new ArrayList<>(names.length);
    for (int i = 0; i < names.length; i++) {
      turned.add(names[(turn % names.length + i) % names.length]);
    }
    return turned;
  }
}
