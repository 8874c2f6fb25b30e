package io.github.dotagent.resolver.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names and addresses of a hosts file, in little more memory than their text takes: people keep
 * lists of several hundred thousand names to block there. Filled by one thread; after that it is
 * only read, by any number.
 *
 * <p>All octets are stored one after another in chunks. An address is its length and its octets. A
 * name is the place of the next line of the same name, how far back its address lies, its length
 * and its octets. Two tables without objects find names and addresses in it.
 */
final class HostsTable {
  /** The first octet is no part of a name or an address, so that no place is 0. */
  private static final int NONE = 0;

  /** Memory grows in pieces of 64 KB, so that no large array is copied. */
  private static final int CHUNK_BITS = 16;

  private static final int CHUNK = 1 << CHUNK_BITS; // octets

  /**
   * The octets before a name: place of the next one (4), distance back to its address (2), its
   * length (2).
   */
  private static final int BACK = 4;

  private static final int LENGTH = 6;
  private static final int NAME = 8;

  /** The largest number that two octets hold. */
  private static final int MOST_OF_TWO = 0xffff;

  /** A machine's own file has about ten names; the table grows for larger ones. */
  private static final int FIRST_SLOTS = 64;

  private byte[][] chunks = {new byte[CHUNK]};
  private int end = NONE + 1;

  /** The last line of each name. Its next line is the first one: the lines form a ring. */
  private int[] names = new int[FIRST_SLOTS];

  private int nameCount;

  /** The first name of each address. */
  private int[] addresses = new int[FIRST_SLOTS];

  private int addressCount;
  private int lastAddress; // where the address of the line lies
  private byte[] lastOctets; // its octets; null: none yet

  /** Whether the name fits. No program asks for longer ones. */
  static boolean takes(int nameLength) {
    return nameLength <= MOST_OF_TWO;
  }

  /**
   * Adds a name of an address. The addresses of one name keep their order.
   *
   * @param octets 4 or 16
   * @param length of the name, of {@code name}'s first octets
   */
  void add(byte[] octets, byte[] name, int length) {
    boolean another = writeAddress(octets);
    int entry = end;
    putInt(NONE);
    putTwo(entry - lastAddress);
    putTwo(length);
    put(name, length);
    link(entry, name, length);
    if (another && find(octets) == NONE) {
      addressCount++;
      addresses = withRoom(addresses, addressCount, false);
      addresses[freeSlot(addresses, hash(octets, octets.length))] = entry;
    }
  }

  /** In the order in which they were added; empty when there is no such name. */
  List<byte[]> addresses(byte[] name) {
    List<byte[]> found = new ArrayList<>(2);
    int last = names[slotOf(name, name.length)];
    if (last != NONE) {
      int entry = last;
      do {
        entry = intAt(entry);
        found.add(addressOf(entry));
      } while (entry != last);
    }
    return found;
  }

  /** The name that was first added for the address; null when there is none. */
  byte[] nameOf(byte[] address) {
    int entry = find(address);
    if (entry == NONE) {
      return null;
    }
    byte[] name = new byte[twoAt(entry + LENGTH)];
    for (int i = 0; i < name.length; i++) {
      name[i] = at(entry + NAME + i);
    }
    return name;
  }

  /** How many names there are. */
  int size() {
    return nameCount;
  }

  /** False if the last address is the same, and near enough for a reference. */
  private boolean writeAddress(byte[] octets) {
    boolean near = end - lastAddress <= MOST_OF_TWO;
    if (near && lastOctets != null && Arrays.equals(octets, lastOctets)) {
      return false;
    }
    lastAddress = end;
    lastOctets = octets.clone();
    put((byte) octets.length);
    put(octets, octets.length);
    return true;
  }

  private void link(int entry, byte[] name, int length) {
    int slot = slotOf(name, length);
    int last = names[slot];
    setInt(entry, last == NONE ? entry : intAt(last));
    if (last != NONE) {
      setInt(last, entry);
    } else {
      nameCount++;
      names = withRoom(names, nameCount, true);
      slot = slotOf(name, length);
    }
    names[slot] = entry;
  }

  /** Four fifths of the slots are used at most: beyond that, probing takes many steps. */
  private int[] withRoom(int[] table, int used, boolean ofNames) {
    if (used <= (int) (table.length * 4L / 5)) {
      return table;
    }
    int[] larger = new int[table.length * 2];
    for (int entry : table) {
      if (entry != NONE) {
        int hash = ofNames ? hashOfName(entry) : hashOfAddress(entry);
        larger[freeSlot(larger, hash)] = entry;
      }
    }
    return larger;
  }

  private static int freeSlot(int[] table, int hash) {
    int slot = hash & (table.length - 1);
    while (table[slot] != NONE) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private int slotOf(byte[] name, int length) {
    int slot = hash(name, length) & (names.length - 1);
    while (names[slot] != NONE && !isNamed(names[slot], name, length)) {
      slot = (slot + 1) & (names.length - 1);
    }
    return slot;
  }

  private boolean isNamed(int entry, byte[] name, int length) {
    boolean same = twoAt(entry + LENGTH) == length;
    for (int i = 0; same && i < length; i++) {
      same = lower(at(entry + NAME + i)) == lower(name[i]);
    }
    return same;
  }

  private int find(byte[] octets) {
    int slot = hash(octets, octets.length) & (addresses.length - 1);
    while (addresses[slot] != NONE && !Arrays.equals(octets, addressOf(addresses[slot]))) {
      slot = (slot + 1) & (addresses.length - 1);
    }
    return addresses[slot];
  }

  private byte[] addressOf(int entry) {
    int address = entry - twoAt(entry + BACK);
    byte[] octets = new byte[at(address)];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = at(address + 1 + i);
    }
    return octets;
  }

  /**
   * The hash FNV-1a, with its upper bits mixed into the lower ones, because a table uses the lower
   * ones.
   */
  private static int hash(byte[] octets, int length) {
    int hash = 0x811c9dc5;
    for (int i = 0; i < length; i++) {
      byte octet = octets[i];
      hash = (hash ^ (octet < 'A' || octet > 'Z' ? octet : lower(octet))) * 0x01000193;
    }
    return hash ^ hash >>> 16;
  }

  private int hashOfName(int entry) {
    byte[] name = new byte[twoAt(entry + LENGTH)];
    for (int i = 0; i < name.length; i++) {
      name[i] = at(entry + NAME + i);
    }
    return hash(name, name.length);
  }

  private int hashOfAddress(int entry) {
    byte[] octets = addressOf(entry);
    return hash(octets, octets.length);
  }

  /** As glibc compares names of the hosts file: upper and lower case of ASCII are the same. */
  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
  }

  private byte at(int place) {
    return chunks[place >>> CHUNK_BITS][place & (CHUNK - 1)];
  }

  private int twoAt(int place) {
    return (at(place) & 0xff) << 8 | at(place + 1) & 0xff;
  }

  private int intAt(int place) {
    return twoAt(place) << 16 | twoAt(place + 2);
  }

  private void put(byte octet) {
    room()[end & (CHUNK - 1)] = octet;
    end++;
  }

  private void put(byte[] octets, int length) {
    for (int done = 0; done < length; ) {
      byte[] chunk = room();
      int place = end & (CHUNK - 1);
      int count = Math.min(length - done, CHUNK - place);
      System.arraycopy(octets, done, chunk, place, count);
      done += count;
      end += count;
    }
  }

  /** The chunk that the next octet goes into. */
  private byte[] room() {
    int chunk = end >>> CHUNK_BITS;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunks.length * 2);
    }
    if (chunks[chunk] == null) {
      chunks[chunk] = new byte[CHUNK];
    }
    return chunks[chunk];
  }

  private void putTwo(int number) {
    put((byte) (number >> 8));
    put((byte) number);
  }

  private void putInt(int number) {
    putTwo(number >>> 16);
    putTwo(number);
  }

  private void setInt(int place, int number) {
    for (int i = 0; i < Integer.BYTES; i++) {
      int at = place + i;
      chunks[at >>> CHUNK_BITS][at & (CHUNK - 1)] = (byte) (number >> 24 - 8 * i);
    }
  }
}
