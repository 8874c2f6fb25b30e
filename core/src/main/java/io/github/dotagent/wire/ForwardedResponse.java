package io.github.dotagent.wire;

import io.github.dotagent.answer.LookupFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Writes the response to a {@link ForwardedQuery}, as the library expects it. */
public final class ForwardedResponse {
  /** The UDP size limit of a client without EDNS (RFC 1035 §4.2.1), and the least with EDNS. */
  private static final int UDP_WITHOUT_EDNS = 512;

  /** A length of two octets (RFC 1035 §4.2.2). */
  private static final int MOST_OVER_TCP = 65_535;

  /** OPT (RFC 6891 §6.1.2) with a reason of no octets: 11, and 4 of the option, and its code. */
  private static final int OPT_WITH_REASON = 11 + 4 + 2;

  private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  /** In seconds; it never changes. Unbound's {@code local-zone} for localhost says the same. */
  private static final long LOOPBACK_TTL = 10_800;

  // RFC 3629 §3: octets of a character behind its first one
  private static final int UTF8_FIRST_BITS = 0xc0;
  private static final int UTF8_CONTINUED = 0x80;

  private static final int LOW_FLAGS = 3; // the octet with AD and CD, the same
  private static final int TC = 0x0200; // RFC 1035 §4.1.1
  private static final int RD = 0x0100; // the same
  private static final int AD = 0x0020; // RFC 4035 §3.2.3
  private static final int CD = 0x0010; // RFC 4035 §3.2.2

  private ForwardedResponse() {}

  /**
   * The upstream's response, with the id, the question and the flags RD and CD of the query. Its
   * records are copied octet by octet, damaged ones too, as the library's own server would have
   * sent them. OPT is written anew, because it belongs to one connection (RFC 6891 §6.2.1): the
   * response has it if the query has it, with the readable reasons of RFC 8914. If the response is
   * longer than the library accepts, it is truncated and has the TC bit.
   *
   * @param response as {@link ForwardedQuery#read} gives it
   * @param overUdp whether the query came over UDP
   * @throws ResponseException if it is not a response to this query
   */
  public static byte[] of(ForwardedQuery query, byte[] response, boolean overUdp)
      throws ResponseException {
    ReceivedMessage from = ReceivedMessage.of(response);
    query.checkQuestionFits(from);
    OPTRecord theirs = query.message().getOPT();
    int most = mostOctets(overUdp, theirs);
    byte[] opt = opt(theirs, from, most - from.endOfQuestions());
    CopiedRecords records = new CopiedRecords(from, most - from.endOfQuestions() - opt.length);
    DNSOutput out = new DNSOutput(from.endOfQuestions() + records.octets().length + opt.length);
    out.writeU16(query.message().getHeader().getID());
    out.writeU16(flags(query.message(), from.flags()) | (records.isTruncated() ? TC : 0));
    out.writeU16(1); // one question: other queries were refused before
    out.writeU16(records.count(0));
    out.writeU16(records.count(1));
    out.writeU16(records.count(2) + (opt.length > 0 ? 1 : 0));
    out.writeByteArray(query.questionOctets());
    out.writeByteArray(records.octets());
    out.writeByteArray(opt);
    return out.toByteArray();
  }

  /** Whether its server says that all of it is secure (AD, RFC 4035 §3.2.3). */
  public static boolean isAuthenticated(byte[] response) {
    return response.length > LOW_FLAGS && (response[LOW_FLAGS] & AD) != 0;
  }

  /** RD and CD are the query's (RFC 1035 §4.1.1, RFC 4035 §3.1.6); the others are the server's. */
  private static int flags(Message query, int fromServer) {
    Header header = query.getHeader();
    int flags = fromServer & ~(RD | CD);
    flags |= (header.getFlag(Flags.RD) ? RD : 0) | (header.getFlag(Flags.CD) ? CD : 0);
    boolean knowsAd = header.getFlag(Flags.AD) || wantsSignatures(query);
    return knowsAd ? flags : flags & ~AD; // RFC 6840 §5.8: to clients that know the bit
  }

  /** Empty when the query has none; without reasons when they leave no room for records. */
  private static byte[] opt(OPTRecord theirs, ReceivedMessage from, int room) {
    if (theirs == null) {
      return new byte[0];
    }
    int rcode = from.rcode();
    byte[] with = opt(theirs, rcode, ExtendedError.optionsOf(from)).toWire(Section.ADDITIONAL);
    return with.length <= room
        ? with
        : opt(theirs, rcode, Collections.<EDNSOption>emptyList()).toWire(Section.ADDITIONAL);
  }

  private static OPTRecord opt(OPTRecord theirs, int rcode, List<EDNSOption> options) {
    int flags = theirs.getFlags() & ExtendedFlags.DO; // RFC 3225 §3: copied
    return new OPTRecord(QueryEncoder.UDP_SIZE, rcode >> 4, 0, flags, options);
  }

  /** No server has answered, or none may be asked: SERVFAIL, with the reason (RFC 8914). */
  public static byte[] failed(ForwardedQuery query, Throwable failure, boolean overUdp) {
    int code =
        failure instanceof LookupFailure
            ? ((LookupFailure) failure).extendedError()
            : ExtendedErrorCodeOption.OTHER;
    return refusal(query, Rcode.SERVFAIL, code, String.valueOf(failure.getMessage()), overUdp);
  }

  /** {@code bypass=block}. */
  public static byte[] refused(ForwardedQuery query, String reason, boolean overUdp) {
    return refusal(query, Rcode.REFUSED, ExtendedErrorCodeOption.PROHIBITED, reason, overUdp);
  }

  /** The loopback addresses, for {@code localhost}; no other type exists there (RFC 6761 §6.3). */
  public static byte[] loopback(ForwardedQuery query, boolean overUdp) {
    if (query.message().getHeader().getOpcode() != Opcode.QUERY) {
      return refused(query, "localhost is this machine", overUdp);
    }
    Message to = begun(query, Rcode.NOERROR);
    Record question = query.message().getQuestion();
    int type = question.getType();
    boolean ofInternet = question.getDClass() == DClass.IN || question.getDClass() == DClass.ANY;
    if (ofInternet && (type == Type.A || type == Type.ANY)) {
      to.addRecord(address(question.getName(), Type.A, IPV4_LOOPBACK), Section.ANSWER);
    }
    if (ofInternet && (type == Type.AAAA || type == Type.ANY)) {
      to.addRecord(address(question.getName(), Type.AAAA, IPV6_LOOPBACK), Section.ANSWER);
    }
    OPTRecord theirs = query.message().getOPT();
    if (theirs != null) {
      List<EDNSOption> none = Collections.emptyList();
      to.addRecord(opt(theirs, Rcode.NOERROR, none), Section.ADDITIONAL);
    }
    return to.toWire(); // it fits: 512 octets hold a name and two addresses
  }

  private static Record address(Name name, int type, byte[] octets) {
    return Record.newRecord(name, type, DClass.IN, LOOPBACK_TTL, octets);
  }

  /** It is not a name of the DNS. */
  public static byte[] noSuchName(ForwardedQuery query, boolean overUdp) {
    return refusal(query, Rcode.NXDOMAIN, ExtendedErrorCodeOption.OTHER, "not a DNS name", overUdp);
  }

  private static byte[] refusal(
      ForwardedQuery query, int rcode, int code, String reason, boolean overUdp) {
    Message to = begun(query, rcode);
    OPTRecord theirs = query.message().getOPT();
    int room = mostOctets(overUdp, theirs) - to.toWire().length - OPT_WITH_REASON;
    List<EDNSOption> reasons = new ArrayList<>();
    if (room > 0) {
      reasons.add(new ExtendedErrorCodeOption(code, cut("dot-agent: " + reason, room)));
    }
    if (theirs != null) {
      to.addRecord(opt(theirs, rcode, reasons), Section.ADDITIONAL);
    }
    return to.toWire(); // it fits; toWire with a limit may leave out the question for the reason
  }

  /** The text in UTF-8 (RFC 8914 §2), cut to this length after a whole character. */
  private static String cut(String text, int most) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    if (octets.length <= most) {
      return text;
    }
    int end = most;
    while ((octets[end] & UTF8_FIRST_BITS) == UTF8_CONTINUED) {
      end--;
    }
    return new String(octets, 0, end, StandardCharsets.UTF_8);
  }

  private static Message begun(ForwardedQuery query, int rcode) {
    Message to = new Message();
    Header header = new Header(query.message().getHeader().getID());
    header.setFlag(Flags.QR);
    header.setOpcode(query.message().getHeader().getOpcode());
    header.setRcode(rcode & 0xf); // the rest of it is in OPT (RFC 6891 §6.1.3)
    copyFlag(Flags.RD, query.message(), header);
    copyFlag(Flags.CD, query.message(), header);
    header.setFlag(Flags.RA);
    to.setHeader(header);
    for (Record question : query.message().getSection(Section.QUESTION)) {
      to.addRecord(question, Section.QUESTION);
    }
    return to;
  }

  private static void copyFlag(int flag, Message from, Header to) {
    if (from.getHeader().getFlag(flag)) {
      to.setFlag(flag);
    }
  }

  private static boolean wantsSignatures(Message query) {
    return query.getOPT() != null && (query.getOPT().getFlags() & ExtendedFlags.DO) != 0;
  }

  private static int mostOctets(boolean overUdp, OPTRecord theirs) {
    if (!overUdp) {
      return MOST_OVER_TCP;
    }
    return theirs == null ? UDP_WITHOUT_EDNS : Math.max(UDP_WITHOUT_EDNS, theirs.getPayloadSize());
  }
}
