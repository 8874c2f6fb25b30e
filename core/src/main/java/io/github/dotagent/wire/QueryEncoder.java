package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.util.Arrays;

/**
 * Writes the query for a question, padded so that its length hides the name. Does not use dnsjava,
 * so that a lookup loads none of it.
 */
public final class QueryEncoder {
  /** RFC 8467 §4.1: queries are padded to a multiple of 128 octets. */
  private static final int BLOCK = 128;

  /** The size that avoids fragments on any path; over TLS any sensible value is good (RFC 6891). */
  static final int UDP_SIZE = 1232;

  private static final int HEADER = 12; // RFC 1035 §4.1.1
  private static final int HIGH_FLAGS = 2; // RFC 1035 §4.1.1: the first octet of flags
  private static final int LOW_FLAGS = 3;
  private static final int LAST_OF_QUESTIONS = 5; // RFC 1035 §4.1.1, as the next
  private static final int LAST_OF_ADDITIONAL = 11;
  private static final byte RD = 0x01; // RFC 1035 §4.1.1
  private static final byte AD = 0x20; // RFC 4035 §3.2.3
  private static final byte CD = 0x10; // RFC 4035 §3.2.2
  private static final byte DO = (byte) 0x80; // RFC 3225 §3
  private static final int TYPE_AND_CLASS = 4; // RFC 1035 §4.1.2
  private static final int IN = 1; // RFC 1035 §3.2.4
  static final int A = 1; // RFC 1035 §3.2.2, as the next but one
  static final int AAAA = 28; // RFC 3596 §2.1
  static final int PTR = 12;

  private static final int OPT = 41; // RFC 6891 §6.1.1
  private static final int OPT_RECORD = 11; // RFC 6891 §6.1.2: root, type, class, TTL, length
  private static final int OPT_FLAGS = 7; // RFC 6891 §6.1.3: behind root, type, class, and version
  private static final int OPTION_HEADER = 4; // RFC 6891 §6.1.2: code, length
  private static final int KEEPALIVE_OPTION = 11; // RFC 7828 §3.1
  private static final int PADDING_OPTION = 12; // RFC 7830 §3
  private static final int SUBNET_OPTION = 8; // RFC 7871 §6

  /**
   * RFC 7871 §7.1.2: a source prefix of no bits asks resolvers to tell no server a part of the
   * client's address. It has the family of IPv4, because RFC 7871 §6 demands a family.
   */
  private static final byte[] NO_SUBNET = {0, 1, 0, 0};

  private static final int LONGEST_NAME = 255; // RFC 1035 §2.3.4, with the octet of the root
  private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4
  private static final int OCTET = 0xff;
  private static final int ESCAPED_DIGITS = 3; // RFC 1035 §5.1: \DDD

  private QueryEncoder() {}

  /**
   * The query as a DNS message with id 0; the connection that sends it puts its own id in the first
   * two octets.
   *
   * @throws IllegalArgumentException when the name is no domain name: a label over 63 octets, an
   *     empty one, more than 255 octets in all
   */
  public static byte[] encode(Question question) {
    return encode(question, false);
  }

  /**
   * @param privately whether to ask that no part of the client's address is passed on
   */
  public static byte[] encode(Question question, boolean privately) {
    return encode(octetsOf(question.name()), typeOf(question), false, false, privately);
  }

  /** The same without EDNS, and so without padding: for a server that does not know it. */
  public static byte[] encodeWithoutEdns(Question question) {
    return encodeWithoutEdns(octetsOf(question.name()), typeOf(question), false);
  }

  /**
   * The same query with the AD bit: the client understands it, and wants it in the response (RFC
   * 6840 §5.7).
   */
  public static byte[] withVerdict(byte[] query) {
    byte[] asking = query.clone();
    asking[LOW_FLAGS] |= AD;
    return asking;
  }

  /**
   * @param name as it stands in a message, not compressed
   * @param type as IANA numbers them
   */
  static byte[] encodeWithoutEdns(byte[] name, int type, boolean checkingDisabled) {
    byte[] query = new byte[HEADER + name.length + TYPE_AND_CLASS];
    begin(query, name, type, checkingDisabled);
    return query;
  }

  /**
   * @param name as it stands in a message, not compressed
   * @param type as IANA numbers them
   * @param dnssecOk whether signatures are wanted with the data (RFC 3225)
   * @param checkingDisabled whether data is wanted that fails their check (RFC 4035 §3.2.2)
   * @param privately as for {@link #encode(Question, boolean)}
   */
  static byte[] encode(
      byte[] name, int type, boolean dnssecOk, boolean checkingDisabled, boolean privately) {
    int unpadded =
        HEADER + name.length + TYPE_AND_CLASS + OPT_RECORD + OPTION_HEADER + OPTION_HEADER;
    if (privately) {
      unpadded += OPTION_HEADER + NO_SUBNET.length;
    }
    int padding = (BLOCK - unpadded % BLOCK) % BLOCK;
    byte[] query = new byte[unpadded + padding]; // octets that are not written are 0
    int opt = begin(query, name, type, checkingDisabled);
    query[LAST_OF_ADDITIONAL] = 1;
    put(query, opt + 1, OPT); // its owner is the root
    put(query, opt + 3, UDP_SIZE);
    query[opt + OPT_FLAGS] = dnssecOk ? DO : 0;
    int options = opt + OPT_RECORD;
    put(query, options - 2, query.length - options);
    put(query, options, KEEPALIVE_OPTION); // RFC 7828 §3.2.1: a client sends it empty
    int end = options + OPTION_HEADER;
    if (privately) {
      put(query, end, SUBNET_OPTION);
      put(query, end + 2, NO_SUBNET.length);
      System.arraycopy(NO_SUBNET, 0, query, end + OPTION_HEADER, NO_SUBNET.length);
      end += OPTION_HEADER + NO_SUBNET.length;
    }
    put(query, end, PADDING_OPTION);
    put(query, end + 2, padding);
    return query;
  }

  /** Writes header and question; returns where they end. */
  private static int begin(byte[] query, byte[] name, int type, boolean checkingDisabled) {
    query[HIGH_FLAGS] = RD;
    query[LOW_FLAGS] = checkingDisabled ? CD : 0;
    query[LAST_OF_QUESTIONS] = 1;
    System.arraycopy(name, 0, query, HEADER, name.length);
    int end = HEADER + name.length;
    put(query, end, type);
    put(query, end + 2, IN);
    return end + TYPE_AND_CLASS;
  }

  private static void put(byte[] query, int at, int value) {
    query[at] = (byte) (value >> 8);
    query[at + 1] = (byte) value;
  }

  /**
   * Writes a name as in a message. An octet may be written as {@code \DDD}; any other character
   * after a backslash stands for itself (RFC 1035 §5.1), as in aliases.
   *
   * @param name as a question spells it
   */
  private static byte[] octetsOf(String name) {
    char[] characters = name.toCharArray(); // charAt is four calls, in a young JVM interpreted
    int length = characters.length;
    if (length == 0) {
      return new byte[1]; // the root
    }
    byte[] octets = new byte[Math.min(length, LONGEST_NAME) + 2];
    int label = 0; // where its length stands
    int end = 1;
    for (int i = 0; i < length; i++) {
      int octet = characters[i];
      if (octet == '.') {
        close(octets, label, end, name);
        label = end++;
      } else {
        if (octet == '\\') {
          i++;
          octet = i < length ? characters[i] : OCTET + 1;
          if (octet >= '0' && octet <= '9') {
            octet = decimal(name, i);
            i += ESCAPED_DIGITS - 1;
          }
        }
        if (octet > OCTET || end >= LONGEST_NAME - 1) {
          throw noName(name);
        }
        octets[end++] = (byte) octet;
      }
    }
    close(octets, label, end, name);
    return Arrays.copyOf(octets, end + 1); // the root's length is 0
  }

  private static void close(byte[] octets, int label, int end, String name) {
    int length = end - label - 1;
    if (length == 0 || length > LONGEST_LABEL || end >= LONGEST_NAME) {
      throw noName(name);
    }
    octets[label] = (byte) length;
  }

  /** The value of three digits; more than an octet if there are not three. */
  private static int decimal(String name, int at) {
    if (at + ESCAPED_DIGITS > name.length()) {
      return OCTET + 1;
    }
    int value = 0;
    for (int i = at; i < at + ESCAPED_DIGITS; i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OCTET + 1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static IllegalArgumentException noName(String name) {
    return new IllegalArgumentException("not a domain name: " + name);
  }

  /** As IANA numbers them. */
  static int typeOf(Question question) {
    RecordType type = question.type();
    return type == RecordType.A ? A : type == RecordType.AAAA ? AAAA : PTR;
  }
}
