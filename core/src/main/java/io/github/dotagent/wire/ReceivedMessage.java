package io.github.dotagent.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A response as the server sent it: its octets, and the places of its header, questions, answer
 * records, SOA and OPT. Data is only unpacked when it is needed.
 *
 * <p>The parts of an answer must be valid: the header, the questions, and the answer section as a
 * sequence of records. Damage in other parts is ignored, because no answer depends on them; the
 * JDK's own resolver (glibc) does not read beyond the answer section either. Safe for use by any
 * number of threads: none can see it change.
 */
final class ReceivedMessage {
  private static final int HEADER = 12; // RFC 1035 §4.1.1
  private static final int TYPE_AND_CLASS = 4; // RFC 1035 §4.1.2
  private static final int TYPE_TO_LENGTH = 10; // RFC 1035 §4.1.3: type, class, TTL, RDLENGTH

  private static final int LABEL_KIND = 0xc0; // RFC 1035 §4.1.4: the two top bits
  private static final int POINTER = 0xc0; // the same: both bits set
  private static final int LONGEST_NAME = 255; // RFC 1035 §2.3.4, with the octet of the root

  /** A name has at most 127 labels, so a name with more pointers goes in a circle. */
  private static final int MOST_POINTERS = 127;

  private static final String ROOT = ".";

  private static final int IN = 1; // RFC 1035 §3.2.4
  private static final int SOA = 6; // RFC 1035 §3.2.2
  private static final int OPT = 41; // RFC 6891 §6.1.1
  private static final int SOA_FIGURES = 20; // RFC 1035 §3.3.13: five of 32 bits, MINIMUM the last
  private static final int OPTION_HEADER = 4; // RFC 6891 §6.1.2: code and length
  private static final int RCODE_BITS = 4; // those of the header, RFC 6891 §6.1.3

  /** RFC 2181 §8: a TTL with the top bit set means zero. */
  static final long MAX_TTL = Integer.MAX_VALUE;

  private final byte[] octets;
  private int[] owners; // where the names of the answer section's records begin
  private int[] types; // where TYPE begins in these records: after the name
  private int questionType = -1; // of the first question; valid if there is one
  private int answers;
  private int soa = -1; // where TYPE of the first SOA begins; -1: there is none
  private int soaOwner; // where its name begins; valid if there is one
  private int opt = -1; // the same
  private boolean authorityIsDamaged;
  private String questionName; // as a question spells it; null until it was asked for

  private ReceivedMessage(byte[] octets) {
    this.octets = octets;
  }

  /**
   * @param octets one DNS message, or any others
   * @throws ResponseException when they are no message with an answer section
   */
  static ReceivedMessage of(byte[] octets) throws ResponseException {
    ReceivedMessage message = new ReceivedMessage(octets);
    if (octets.length < HEADER || !message.find()) {
      throw notDns();
    }
    return message;
  }

  /**
   * A query: only the header and the questions must be valid. {@link #answers} and the rest are not
   * read.
   *
   * @throws ResponseException when the octets are no message with questions
   */
  static ReceivedMessage ofQuery(byte[] octets) throws ResponseException {
    ReceivedMessage message = new ReceivedMessage(octets);
    if (octets.length < HEADER || message.endOfQuestions() < 0) {
      throw notDns();
    }
    return message;
  }

  static ResponseException notDns() {
    return ResponseException.malformed("sent a message that is not DNS", null);
  }

  private boolean find() {
    int at = endOfQuestions();
    if (at < 0) {
      return false;
    }
    int count = u16(6);
    owners = new int[Math.min(count, 8)]; // few messages have more, and the count may be false
    types = new int[owners.length];
    for (; answers < count; answers++) {
      int type = endOfName(at);
      int end = endOfData(type);
      if (end < 0) {
        return false;
      }
      if (answers == owners.length) {
        owners = Arrays.copyOf(owners, 2 * answers);
        types = Arrays.copyOf(types, 2 * answers);
      }
      owners[answers] = at;
      types[answers] = type;
      at = end;
    }
    findTheRest(at);
    return true;
  }

  /** The place of the first record; -1 if the message ends before it. */
  int endOfQuestions() {
    int at = HEADER;
    for (int left = questions(); left > 0; left--) {
      int end = endOfName(at);
      if (end < 0 || end + TYPE_AND_CLASS > octets.length) {
        return -1;
      }
      if (at == HEADER) {
        questionType = end;
      }
      at = end + TYPE_AND_CLASS;
    }
    return at;
  }

  /** The octets of the questions, the letters of their names in lower case. */
  byte[] plainQuestions() {
    byte[] plain = copy(HEADER, endOfQuestions() - HEADER);
    int at = HEADER;
    for (int left = questions(); left > 0; left--) {
      int end = endOfName(at);
      for (int i = at; i < end; i++) { // length octets are below 64, so lower() keeps them
        plain[i - HEADER] = (byte) lower(plain[i - HEADER]);
      }
      at = end + TYPE_AND_CLASS;
    }
    return plain;
  }

  /** The number of records in all sections, as the header counts them. */
  int records() {
    return u16(6) + u16(8) + u16(10);
  }

  /** Finds SOA and OPT, as far as the sections can be read. */
  private void findTheRest(int begin) {
    int at = begin;
    for (int left = u16(8); left > 0; left--) {
      int fixed = endOfName(at);
      int end = endOfData(fixed);
      if (end < 0) {
        authorityIsDamaged = true;
        return;
      }
      if (soa < 0 && u16(fixed) == SOA && u16(fixed + 2) == IN) {
        soa = fixed;
        soaOwner = at;
      }
      at = end;
    }
    for (int left = u16(10); left > 0 && opt < 0; left--) {
      int fixed = endOfName(at);
      int end = endOfData(fixed);
      if (end < 0) {
        return;
      }
      if (u16(fixed) == OPT) {
        opt = fixed;
      }
      at = end;
    }
  }

  int id() {
    return u16(0);
  }

  int flags() {
    return u16(2);
  }

  /** How many there are. */
  int questions() {
    return u16(4);
  }

  /** The place of the only question's name. */
  int questionName() {
    return HEADER;
  }

  int questionType() {
    return u16(questionType);
  }

  int questionClass() {
    return u16(questionType + 2);
  }

  /** With the upper bits that EDNS adds. */
  int rcode() {
    int low = flags() & 0xf;
    return opt < 0 ? low : (octets[opt + 4] & 0xff) << RCODE_BITS | low;
  }

  boolean hasEdns() {
    return opt >= 0;
  }

  /** How many records the answer section has. */
  int answers() {
    return answers;
  }

  /** Where the name of the nth record of the answer section begins. */
  int owner(int nth) {
    return owners[nth];
  }

  int type(int nth) {
    return u16(types[nth]);
  }

  boolean isInternet(int nth) {
    return u16(types[nth] + 2) == IN;
  }

  long ttl(int nth) {
    return ttlAt(types[nth] + 4);
  }

  private long ttlAt(int at) {
    long ttl = u32(at);
    return ttl > MAX_TTL ? 0 : ttl;
  }

  /** Where the RDATA of the nth record begins. */
  int data(int nth) {
    return types[nth] + TYPE_TO_LENGTH;
  }

  int dataLength(int nth) {
    return u16(data(nth) - 2);
  }

  byte[] copy(int from, int length) {
    return Arrays.copyOfRange(octets, from, from + length);
  }

  /**
   * RFC 2308 §5: the lower of the SOA's TTL and its MINIMUM; -1 without a SOA.
   *
   * @throws ResponseException if the SOA is damaged, or the octets before it are
   */
  long negativeTtl() throws ResponseException {
    if (soa < 0) {
      if (authorityIsDamaged) {
        throw notDns();
      }
      return -1;
    }
    int data = soa + TYPE_TO_LENGTH;
    int end = data + u16(data - 2);
    int mailbox = endOfName(data);
    int figures = mailbox < 0 || mailbox > end ? -1 : endOfName(mailbox);
    if (figures < 0 || figures + SOA_FIGURES != end) {
      throw notDns();
    }
    return Math.min(ttlAt(soa + 4), u32(figures + SOA_FIGURES - 4));
  }

  /**
   * The zone of a negative answer (RFC 2308 §2.1), as a question spells it; null if there is no
   * SOA, or its name cannot be read.
   */
  String negativeZone() {
    return soa < 0 ? null : name(soaOwner);
  }

  /** The place of the data of the first option with this code; -1 if there is none. */
  int option(int code) {
    return option(code, opt + TYPE_TO_LENGTH);
  }

  /**
   * The place of the data of the next option with this code, after the option whose data begins
   * here.
   */
  int nextOption(int code, int data) {
    return option(code, data + optionLength(data));
  }

  private int option(int code, int begin) {
    if (opt < 0) {
      return -1;
    }
    int at = begin;
    int end = opt + TYPE_TO_LENGTH + u16(opt + TYPE_TO_LENGTH - 2);
    while (at + OPTION_HEADER <= end) {
      int data = at + OPTION_HEADER;
      int next = data + u16(at + 2);
      if (next > end) {
        return -1; // too long for the record: the rest cannot be parsed
      }
      if (u16(at) == code) {
        return data;
      }
      at = next;
    }
    return -1;
  }

  /**
   * @param data as {@link #option} gives it
   */
  int optionLength(int data) {
    return u16(data - 2);
  }

  String utf8(int from, int length) {
    return new String(octets, from, length, StandardCharsets.UTF_8);
  }

  int u16(int at) {
    return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
  }

  private long u32(int at) {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  /** The place after the record that begins here; -1 if the message ends before. */
  int endOfRecord(int at) {
    return endOfData(endOfName(at));
  }

  /**
   * @param type where TYPE begins; -1: nowhere
   */
  private int endOfData(int type) {
    if (type < 0 || type + TYPE_TO_LENGTH > octets.length) {
      return -1;
    }
    int data = type + TYPE_TO_LENGTH;
    int end = data + u16(data - 2);
    return end > octets.length ? -1 : end;
  }

  /**
   * The place after the name that begins here, without following pointers; -1 if the message ends
   * before.
   */
  int endOfName(int begin) {
    int at = begin;
    while (at < octets.length) {
      int length = octets[at] & 0xff;
      if (length == 0) {
        return at + 1;
      }
      if ((length & LABEL_KIND) == POINTER) {
        return at + 2 > octets.length ? -1 : at + 2;
      }
      if ((length & LABEL_KIND) != 0) {
        return -1; // RFC 6891 §5: no other kind is in use
      }
      at += 1 + length;
    }
    return -1;
  }

  /**
   * Whether the name at this place equals the given one, in the spelling of a question: lower case,
   * no dot at the end.
   */
  boolean isNamed(int begin, String name) {
    int at = begin;
    int matched = 0;
    char[] wanted = null; // allocated late: nearly every owner points to the question's name
    for (int pointers = 0; pointers <= MOST_POINTERS; ) {
      if (at == HEADER && matched == 0 && name.equals(questionName)) {
        return true;
      }
      int length = at < octets.length ? octets[at] & 0xff : POINTER - 1;
      if ((length & LABEL_KIND) == POINTER && at + 1 < octets.length) {
        at = u16(at) & ~(POINTER << 8);
        pointers++;
        continue;
      }
      // an array, because charAt is four calls, and a young JVM interprets each of them
      wanted = wanted == null ? name.toCharArray() : wanted;
      if (length == 0) {
        return matched == wanted.length && isKnown(begin, name)
            || matched == 0 && name.equals(ROOT);
      }
      if ((length & LABEL_KIND) != 0 || at + length >= octets.length) {
        return false;
      }
      if (matched > 0 && (matched == wanted.length || wanted[matched++] != '.')) {
        return false;
      }
      for (int end = at + length; at < end; ) {
        int octet = octets[++at];
        if (octet < 'a' || octet > 'z') {
          if (isEscaped(octet)) {
            return name.equals(name(begin)); // rare: no host has such a name
          }
          octet = lower(octet);
        }
        if (matched == wanted.length || octet != wanted[matched++]) {
          return false;
        }
      }
      at++;
    }
    return false;
  }

  /** Remembers the question's name, and returns true. */
  private boolean isKnown(int begin, String name) {
    if (begin == HEADER) {
      questionName = name;
    }
    return true;
  }

  /** The name at this place in the spelling of a question; null if it cannot be read. */
  String name(int begin) {
    String text = nameAsSent(begin);
    if (text == null) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (lower(text.charAt(i)) != text.charAt(i)) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int j = 0; j < text.length(); j++) {
          lower.append((char) lower(text.charAt(j)));
        }
        return lower.toString();
      }
    }
    return text;
  }

  /**
   * The name in data of this length, in the spelling of a question; null if the data does not hold
   * a name.
   */
  String nameWithin(int data, int length) {
    return holdsName(data, length) ? name(data) : null;
  }

  /** The same name, in the spelling of {@link #nameAsSent}. */
  String nameAsSentWithin(int data, int length) {
    return holdsName(data, length) ? nameAsSent(data) : null;
  }

  private boolean holdsName(int data, int length) {
    int end = endOfName(data);
    return end >= 0 && end <= data + length;
  }

  /**
   * The name at this place with the case of its letters as sent, without a dot at its end, with the
   * escapes of RFC 1035 §5.1. Null if it is longer than a name may be, ends with the message or
   * goes in a circle.
   */
  String nameAsSent(int begin) {
    StringBuilder text = new StringBuilder();
    int at = begin;
    int pointers = 0;
    int total = 1;
    while (at < octets.length) {
      int length = octets[at] & 0xff;
      if (length == 0) {
        return text.length() == 0 ? ROOT : text.toString();
      }
      if ((length & LABEL_KIND) == POINTER) {
        if (++pointers > MOST_POINTERS || at + 1 >= octets.length) {
          return null;
        }
        at = u16(at) & ~(POINTER << 8);
        continue;
      }
      total += 1 + length;
      if ((length & LABEL_KIND) != 0 || total > LONGEST_NAME || at + length >= octets.length) {
        return null;
      }
      if (text.length() > 0) {
        text.append('.');
      }
      for (int end = at + length; at < end; ) {
        append(text, octets[++at] & 0xff);
      }
      at++;
    }
    return null;
  }

  private static void append(StringBuilder text, int octet) {
    if (octet <= ' ' || octet >= 0x7f) {
      text.append('\\')
          .append((char) ('0' + octet / 100))
          .append((char) ('0' + octet / 10 % 10))
          .append((char) ('0' + octet % 10));
      return;
    }
    if (isEscaped(octet)) {
      text.append('\\');
    }
    text.append((char) octet);
  }

  /** Whether this octet has a special meaning in the text of a name (RFC 1035 §5.1). */
  private static boolean isEscaped(int octet) {
    switch (octet) {
      case '"':
      case '$':
      case '(':
      case ')':
      case '.':
      case ';':
      case '@':
      case '\\':
        return true;
      default:
        return octet <= ' ' || octet >= 0x7f;
    }
  }

  private static int lower(int letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }
}
