package io.github.dotagent.wire;

import io.github.dotagent.answer.LookupFailure;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Writes the response to a {@link ForwardedQuery}, as the library expects it. */
public final class ForwardedResponse {
  /** The UDP size limit of a client without EDNS (RFC 1035 §4.2.1), and the least with EDNS. */
  private static final int UDP_WITHOUT_EDNS = 512;

  /** A length of two octets (RFC 1035 §4.2.2). */
  private static final int MOST_OVER_TCP = 65_535;

  private ForwardedResponse() {}

  /**
   * The upstream's response, with the id and the question of the query, and EDNS if the query has
   * it. Truncated, with the TC bit, if it is longer than the library accepts.
   *
   * @param response as {@link ForwardedQuery#read} gives it
   * @param overUdp how the query came
   * @throws ResponseException when it cannot be written anew
   */
  public static byte[] of(ForwardedQuery query, byte[] response, boolean overUdp)
      throws ResponseException {
    Message from = ResponseDecoder.parse(response);
    Message to = begun(query, from.getRcode());
    copyFlags(query.message(), from, to.getHeader());
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
      for (Record record : from.getSection(section)) {
        if (!(record instanceof OPTRecord)) {
          to.addRecord(record, section);
        }
      }
    }
    List<EDNSOption> reasons = new ArrayList<>();
    if (from.getOPT() != null) {
      reasons.addAll(from.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR));
    }
    return finished(query, to, from.getRcode(), reasons, overUdp);
  }

  /** No server has answered, or none may be asked: SERVFAIL, and why (RFC 8914). */
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

  /** It is no name of the DNS. */
  public static byte[] noSuchName(ForwardedQuery query, boolean overUdp) {
    return refusal(
        query, Rcode.NXDOMAIN, ExtendedErrorCodeOption.OTHER, "no name of the DNS", overUdp);
  }

  private static byte[] refusal(
      ForwardedQuery query, int rcode, int code, String reason, boolean overUdp) {
    Message to = begun(query, rcode);
    Header header = to.getHeader();
    copyFlag(Flags.RD, query.message(), header);
    copyFlag(Flags.CD, query.message(), header);
    header.setFlag(Flags.RA);
    List<EDNSOption> reasons = new ArrayList<>();
    reasons.add(new ExtendedErrorCodeOption(code, "dot-agent: " + reason));
    return finished(query, to, rcode, reasons, overUdp);
  }

  private static Message begun(ForwardedQuery query, int rcode) {
    Message to = new Message();
    Header header = new Header(query.message().getHeader().getID());
    header.setFlag(Flags.QR);
    header.setOpcode(query.message().getHeader().getOpcode());
    header.setRcode(rcode & 0xf); // the rest of it is in OPT (RFC 6891 §6.1.3)
    to.setHeader(header);
    for (Record question : query.message().getSection(Section.QUESTION)) {
      to.addRecord(question, Section.QUESTION);
    }
    return to;
  }

  private static void copyFlags(Message query, Message from, Header to) {
    copyFlag(Flags.RD, query, to);
    copyFlag(Flags.CD, query, to);
    copyFlag(Flags.RA, from, to);
    if (query.getHeader().getFlag(Flags.AD) || wantsSignatures(query)) {
      copyFlag(Flags.AD, from, to); // RFC 6840 §5.8: to clients that know the bit
    }
  }

  private static void copyFlag(int flag, Message from, Header to) {
    if (from.getHeader().getFlag(flag)) {
      to.setFlag(flag);
    }
  }

  private static boolean wantsSignatures(Message query) {
    return query.getOPT() != null && (query.getOPT().getFlags() & ExtendedFlags.DO) != 0;
  }

  private static byte[] finished(
      ForwardedQuery query, Message to, int rcode, List<EDNSOption> options, boolean overUdp) {
    OPTRecord theirs = query.message().getOPT();
    if (theirs != null) {
      int flags = theirs.getFlags() & ExtendedFlags.DO; // RFC 3225 §3: copied
      to.addRecord(
          new OPTRecord(QueryEncoder.UDP_SIZE, rcode >> 4, 0, flags, options), Section.ADDITIONAL);
    }
    return to.toWire(overUdp ? mostOverUdp(theirs) : MOST_OVER_TCP);
  }

  private static int mostOverUdp(OPTRecord theirs) {
    return theirs == null ? UDP_WITHOUT_EDNS : Math.max(UDP_WITHOUT_EDNS, theirs.getPayloadSize());
  }
}
