package io.github.dotagent.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A DNS message (RFC 1035 §4), read whole. Written here and not taken from a library: the first
 * lookup of a JVM waits for the classes that it takes, and these are few.
 */
final class DnsMessage {
  private static final int RESPONSE = 0x8000; // QR, RFC 1035 §4.1.1
  private static final int OPCODE = 0x7800;
  private static final int TRUNCATED = 0x0200; // TC
  private static final int RCODE = 0x000f;
  private static final int ID = 2; // octets
  private static final int EXTENDED_RCODE_SHIFT = 24; // in the OPT record's TTL, RFC 6891 §6.1.3
  private static final int RCODE_BITS = 4;

  /** Of those that a server says; IANA, "DNS RCODEs". */
  private static final String[] RCODES = {
    "NOERROR",
    "FORMERR",
    "SERVFAIL",
    "NXDOMAIN",
    "NOTIMP",
    "REFUSED",
    "YXDOMAIN",
    "YXRRSET",
    "NXRRSET",
    "NOTAUTH",
    "NOTZONE"
  };

  private static final int BADVERS = 16; // RFC 6891 §9

  private final int flags;
  private final List<Asked> questions = new ArrayList<>();
  private final List<ResourceRecord> answers;
  private final List<ResourceRecord> authority;
  private final ResourceRecord opt; // null: none

  /**
   * @throws ResponseException when it is not DNS
   */
  DnsMessage(byte[] message) throws ResponseException {
    Octets in = new Octets(message, 0);
    in.skip(ID);
    flags = in.u16();
    int asked = in.u16();
    int answered = in.u16();
    int authorities = in.u16();
    int additional = in.u16();
    for (int i = 0; i < asked; i++) {
      questions.add(new Asked(DomainName.read(in), in.u16(), in.u16()));
    }
    answers = records(in, answered);
    authority = records(in, authorities);
    opt = firstOpt(records(in, additional));
  }

  private static List<ResourceRecord> records(Octets in, int count) throws ResponseException {
    List<ResourceRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(ResourceRecord.read(in));
    }
    return records;
  }

  private static ResourceRecord firstOpt(List<ResourceRecord> additional) {
    for (ResourceRecord record : additional) {
      if (record.type() == ResourceRecord.OPT) {
        return record;
      }
    }
    return null;
  }

  boolean isResponse() {
    return (flags & RESPONSE) != 0;
  }

  /** Whether it is of the kind that asks for records: opcode QUERY. */
  boolean isOfAQuery() {
    return (flags & OPCODE) == 0;
  }

  boolean isTruncated() {
    return (flags & TRUNCATED) != 0;
  }

  /** With the eight bits of the OPT record, where there is one. */
  int rcode() {
    long extended = opt == null ? 0 : opt.rawTtl() >>> EXTENDED_RCODE_SHIFT;
    return (int) extended << RCODE_BITS | flags & RCODE;
  }

  /** The mnemonic, or RCODE and a number. */
  static String text(int rcode) {
    if (rcode < RCODES.length) {
      return RCODES[rcode];
    }
    return rcode == BADVERS ? "BADVERS" : "RCODE" + rcode;
  }

  List<Asked> questions() {
    return questions;
  }

  List<ResourceRecord> answers() {
    return answers;
  }

  List<ResourceRecord> authority() {
    return authority;
  }

  /**
   * The data of an EDNS option (RFC 6891 §6.1.2), the first of its kind; null when there is none.
   *
   * @throws ResponseException when the options are no options
   */
  byte[] option(int code) throws ResponseException {
    if (opt == null) {
      return null;
    }
    byte[] data = opt.data();
    Octets in = new Octets(data, 0);
    while (in.position() < data.length) {
      int found = in.u16();
      int length = in.u16();
      int start = in.position();
      in.skip(length);
      if (found == code) {
        return java.util.Arrays.copyOfRange(data, start, start + length);
      }
    }
    return null;
  }

  /** An entry of the question section. */
  static final class Asked {
    private final String name;
    private final int type;
    private final int dnsClass;

    Asked(String name, int type, int dnsClass) {
      this.name = name;
      this.type = type;
      this.dnsClass = dnsClass;
    }

    /** Whether it asks for this, of the Internet; the name in lower case. */
    boolean is(String wanted, int wantedType) {
      return dnsClass == ResourceRecord.IN
          && type == wantedType
          && ResourceRecord.lower(name).equals(wanted);
    }
  }
}
