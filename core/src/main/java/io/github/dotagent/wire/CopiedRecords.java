package io.github.dotagent.wire;

import java.io.ByteArrayOutputStream;

/**
 * The records of a response, octet by octet, without OPT and as far as there is room. The copy ends
 * where a section is damaged, so that the result can always be parsed. For one thread.
 */
final class CopiedRecords {
  private static final int SECTIONS = 3; // answer, authority, additional: RFC 1035 §4.1
  private static final int ADDITIONAL = 2;
  private static final int FIRST_COUNT = 6; // RFC 1035 §4.1.1: where the header has ANCOUNT
  private static final int OPT = 41; // RFC 6891 §6.1.1
  private static final int POINTER = 0xc000; // RFC 1035 §4.1.4: the two top bits

  private final ReceivedMessage from;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private final int[] counts = new int[SECTIONS];
  private boolean truncated;

  /**
   * @param room how many octets may be copied
   */
  CopiedRecords(ReceivedMessage from, int room) {
    this.from = from;
    copy(room);
  }

  private void copy(int room) {
    int at = from.endOfQuestions();
    int opt = -1; // its place; the records behind it move forward
    for (int section = 0; section < SECTIONS; section++) {
      for (int left = from.u16(FIRST_COUNT + 2 * section); left > 0; left--) {
        int end = from.endOfRecord(at);
        if (end < 0) {
          return; // the octets after it cannot be divided into records
        }
        if (section == ADDITIONAL && from.u16(from.endOfName(at)) == OPT) {
          opt = opt < 0 ? at : opt;
        } else if (octets.size() + end - at > room) {
          truncated = section != ADDITIONAL; // RFC 2181 §9: additional records may be left out
          return;
        } else if (opt >= 0 && mayPointBehind(opt, at, end)) {
          return;
        } else {
          octets.write(from.copy(at, end - at), 0, end - at);
          counts[section]++;
        }
        at = end;
      }
    }
  }

  /**
   * Whether any two octets may be a pointer to a record that has moved. If data only looks like a
   * pointer, an additional record is lost, which no answer needs.
   */
  private boolean mayPointBehind(int opt, int begin, int end) {
    for (int at = begin; at + 1 < end; at++) {
      int target = from.u16(at) - POINTER;
      if (target >= opt) {
        return true;
      }
    }
    return false;
  }

  byte[] octets() {
    return octets.toByteArray();
  }

  /** How many records of that section there are: 0 answer, 1 authority, 2 additional. */
  int count(int section) {
    return counts[section];
  }

  /** Whether records are missing that the answer needs (the TC bit). */
  boolean isTruncated() {
    return truncated;
  }
}
