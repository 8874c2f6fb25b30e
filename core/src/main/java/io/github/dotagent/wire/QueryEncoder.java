package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Writes the query for a question, padded so that its length tells nothing of the name. */
public final class QueryEncoder {
  /** RFC 8467 §4.1: queries are padded to a multiple of 128 octets. */
  private static final int BLOCK = 128;

  /** The size that avoids fragments on any path; over TLS it only has to be sensible (RFC 6891). */
  static final int UDP_SIZE = 1232;

  private static final int PADDING_OPTION = 12; // RFC 7830 §3
  private static final int HEADER = 12; // RFC 1035 §4.1.1
  private static final int LOW_FLAGS = 3; // RFC 1035 §4.1.1: the second octet of flags
  private static final byte AD = 0x20; // RFC 4035 §3.2.3
  private static final int TYPE_AND_CLASS = 4; // RFC 1035 §4.1.2
  private static final int OPT_RECORD = 11; // RFC 6891 §6.1.2: root, type, class, TTL, length
  private static final int OPTION_HEADER = 4; // RFC 6891 §6.1.2: code, length

  private static final int SUBNET_OPTION = 8; // RFC 7871 §6

  /**
   * RFC 7871 §7.1.2: a source prefix of no bits, in the family of IPv4 (RFC 7871 §6 wants one),
   * asks resolvers to tell no one a part of the client's address.
   */
  private static final byte[] NO_SUBNET = {0, 1, 0, 0};

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
    return encode(nameOf(question), typeOf(question), false, false, privately);
  }

  /** The same without EDNS, and so without padding: for a server that does not know it. */
  public static byte[] encodeWithoutEdns(Question question) {
    return encodeWithoutEdns(nameOf(question), typeOf(question), false);
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

  static byte[] encodeWithoutEdns(Name name, int type, boolean checkingDisabled) {
    return begun(name, type, checkingDisabled).toWire();
  }

  static byte[] encode(Name name, int type) {
    return encode(name, type, false, false);
  }

  static byte[] encode(Name name, int type, boolean dnssecOk, boolean checkingDisabled) {
    return encode(name, type, dnssecOk, checkingDisabled, false);
  }

  /**
   * @param dnssecOk whether signatures are wanted with the data (RFC 3225)
   * @param checkingDisabled whether data is wanted that fails their check (RFC 4035 §3.2.2)
   * @param privately as for {@link #encode(Question, boolean)}
   */
  static byte[] encode(
      Name name, int type, boolean dnssecOk, boolean checkingDisabled, boolean privately) {
    Message query = begun(name, type, checkingDisabled);
    query.addRecord(
        new OPTRecord(UDP_SIZE, 0, 0, dnssecOk ? ExtendedFlags.DO : 0, options(name, privately)),
        Section.ADDITIONAL);
    return query.toWire();
  }

  private static Message begun(Name name, int type, boolean checkingDisabled) {
    Message query = new Message(0); // without one it draws an id from a SecureRandom of its own
    query.getHeader().setFlag(Flags.RD);
    if (checkingDisabled) {
      query.getHeader().setFlag(Flags.CD);
    }
    query.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
    return query;
  }

  private static List<EDNSOption> options(Name name, boolean privately) {
    List<EDNSOption> options = new ArrayList<>();
    options.add(new TcpKeepaliveOption()); // RFC 7828 §3.2.1: a client sends it empty
    int unpadded =
        HEADER + name.length() + TYPE_AND_CLASS + OPT_RECORD + OPTION_HEADER + OPTION_HEADER;
    if (privately) {
      options.add(new GenericEDNSOption(SUBNET_OPTION, NO_SUBNET));
      unpadded += OPTION_HEADER + NO_SUBNET.length;
    }
    int padding = (BLOCK - unpadded % BLOCK) % BLOCK;
    options.add(new GenericEDNSOption(PADDING_OPTION, new byte[padding]));
    return options;
  }

  static Name nameOf(Question question) {
    try {
      return Name.fromString(question.name() + '.');
    } catch (TextParseException notAName) {
      throw new IllegalArgumentException("not a domain name: " + question.name(), notAName);
    }
  }

  static int typeOf(Question question) {
    switch (question.type()) {
      case A:
        return Type.A;
      case AAAA:
        return Type.AAAA;
      default:
        return Type.PTR;
    }
  }
}
