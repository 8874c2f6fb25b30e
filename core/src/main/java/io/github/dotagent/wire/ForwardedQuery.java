package io.github.dotagent.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A query that a library of the program wrote for a server of its own choice. The agent asks its
 * servers with a query of its own, padded. From the library's query it takes the question, the
 * request for signatures and the request for privacy of the client's address; no other client
 * subnet (RFC 7871), no cookie (RFC 7873). Immutable.
 *
 * <p>Header and questions decide whether it is a query. EDNS options do not: with an option of a
 * wrong length, such as a cookie of 5 octets, it is still a query.
 */
public final class ForwardedQuery {
  private static final int COUNTS = 6; // RFC 1035 §4.1.1: where those of records begin
  private static final int HEADER = 12; // RFC 1035 §4.1.1
  private static final int TYPE_TO_LENGTH = 10; // RFC 1035 §4.1.3: type, class, TTL, RDLENGTH
  private static final int OPTION_HEADER = 4; // RFC 6891 §6.1.2: code, length
  private static final int SUBNET_OPTION = 8; // RFC 7871 §6
  private static final int SUBNET_OCTETS = 4; // RFC 7871 §6: family, two lengths

  private final Message message; // header, questions, and OPT without options
  private final boolean signed;
  private final boolean noSubnet;

  private ForwardedQuery(Message message, boolean signed, boolean noSubnet) {
    this.message = message;
    this.signed = signed;
    this.noSubnet = noSubnet;
  }

  /** Reads a query. Empty if the octets are not a DNS query. */
  public static Optional<ForwardedQuery> of(byte[] octets) {
    try {
      ReceivedMessage received = ReceivedMessage.ofQuery(octets);
      Message message = new Message(headerAndQuestions(received));
      return message.getHeader().getFlag(Flags.QR)
          ? Optional.<ForwardedQuery>empty()
          : Optional.of(read(message, received));
    } catch (ResponseException | IOException | RuntimeException garbage) {
      return Optional.empty(); // as in ResponseDecoder
    }
  }

  private static byte[] headerAndQuestions(ReceivedMessage received) {
    byte[] octets = received.copy(0, received.endOfQuestions());
    Arrays.fill(octets, COUNTS, HEADER, (byte) 0);
    return octets;
  }

  /** Adds the data of the records, as far as they can be read. */
  private static ForwardedQuery read(Message message, ReceivedMessage received) {
    boolean signed = false;
    boolean noSubnet = false;
    int at = received.endOfQuestions();
    for (int left = received.records(); left > 0; left--) {
      int end = received.endOfRecord(at);
      if (end < 0) {
        break;
      }
      int fixed = received.endOfName(at);
      int type = received.u16(fixed);
      // RFC 8945 or RFC 2931: with a secret that another server does not have, or to it alone
      signed |= type == Type.TSIG || type == Type.SIG;
      if (type == Type.OPT && message.getOPT() == null) {
        message.addRecord(opt(received, fixed), Section.ADDITIONAL);
        noSubnet = asksForNoSubnet(received, fixed + TYPE_TO_LENGTH, end);
      }
      at = end;
    }
    return new ForwardedQuery(message, signed, noSubnet);
  }

  /** RFC 7871 §6: of the option's data the third octet is the length of the source prefix. */
  private static boolean asksForNoSubnet(ReceivedMessage received, int options, int end) {
    int at = options;
    while (at + OPTION_HEADER <= end) {
      int data = at + OPTION_HEADER;
      int next = data + received.u16(at + 2);
      if (next > end) {
        return false;
      }
      if (received.u16(at) == SUBNET_OPTION) {
        return next - data >= SUBNET_OCTETS && received.u16(data + 2) >> 8 == 0;
      }
      at = next;
    }
    return false;
  }

  /** RFC 6891 §6.1.2 and §6.1.3: CLASS is the size, TTL has version and flags. */
  private static OPTRecord opt(ReceivedMessage received, int fixed) {
    int version = received.u16(fixed + 4) & 0xff;
    return new OPTRecord(received.u16(fixed + 2), 0, version, received.u16(fixed + 6));
  }

  /**
   * The reason why only the library's own server can answer the query, in a few words; null if any
   * server can.
   */
  public String obstacle() {
    List<Record> questions = message.getSection(Section.QUESTION);
    if (message.getHeader().getOpcode() != Opcode.QUERY) {
      return "it is not a query (opcode " + Opcode.string(message.getHeader().getOpcode()) + ")";
    }
    if (questions.size() != 1) {
      return "it does not have exactly one question (RFC 9619)";
    }
    if (!mayBeInternet(questions.get(0).getDClass())) {
      return "it is of class " + DClass.string(questions.get(0).getDClass());
    }
    if (isTransfer()) {
      return "it asks for a zone transfer";
    }
    if (!message.getHeader().getFlag(Flags.RD)) {
      return "it asks for the server's own data (RD=0)";
    }
    return signed ? "it is signed for that server" : null;
  }

  /** RFC 1035 §3.2.5: JNDI asks for any class where a program names no type; IN is one. */
  private static boolean mayBeInternet(int dnsClass) {
    return dnsClass == DClass.IN || dnsClass == DClass.ANY;
  }

  private boolean isTransfer() {
    Record question = message.getQuestion();
    return question != null && (question.getType() == Type.AXFR || question.getType() == Type.IXFR);
  }

  /** Lower case, without the dot at its end; empty for the root, and where there is no question. */
  public String name() {
    Record question = message.getQuestion();
    String text = question == null ? "" : spelled(question.getName());
    return text.equals(".") ? "" : text;
  }

  /** The number of the type that is asked for; it must have no obstacle. */
  int type() {
    return message.getQuestion().getType();
  }

  /**
   * The same for another name, to which aliases lead.
   *
   * @throws ResponseException when it is no domain name
   */
  ForwardedQuery at(String name) throws ResponseException {
    Record question = message.getQuestion();
    Message other = new Message();
    other.setHeader(message.getHeader().clone());
    try {
      other.addRecord(
          Record.newRecord(
              Name.fromString(name, Name.root), question.getType(), question.getDClass()),
          Section.QUESTION);
    } catch (TextParseException notAName) {
      throw ResponseException.malformed("sent an alias with an invalid name", notAName);
    }
    if (message.getOPT() != null) {
      other.addRecord(message.getOPT(), Section.ADDITIONAL);
    }
    return new ForwardedQuery(other, signed, noSubnet);
  }

  /**
   * The query for the agent's servers: the same question, of class IN, id 0. It must have no
   * obstacle.
   */
  public byte[] octets() {
    return octets(false);
  }

  /**
   * @param privately whether to forbid passing on a part of the client's address
   */
  public byte[] octets(boolean privately) {
    Record question = message.getQuestion();
    return withVerdictIfWanted(
        QueryEncoder.encode(
            question.getName().canonicalize().toWire(),
            question.getType(),
            wantsSignatures(),
            message.getHeader().getFlag(Flags.CD),
            privately));
  }

  /** A client may ask for AD without the signatures (RFC 6840 §5.7). */
  private byte[] withVerdictIfWanted(byte[] query) {
    return message.getHeader().getFlag(Flags.AD) ? QueryEncoder.withVerdict(query) : query;
  }

  /** Whether the library itself forbids that: a client subnet of no bits (RFC 7871 §7.1.2). */
  public boolean wantsNoSubnet() {
    return noSubnet;
  }

  /** The same without EDNS, for a server that does not know it. */
  public byte[] octetsWithoutEdns() {
    Record question = message.getQuestion();
    return withVerdictIfWanted(
        QueryEncoder.encodeWithoutEdns(
            question.getName().canonicalize().toWire(),
            question.getType(),
            message.getHeader().getFlag(Flags.CD)));
  }

  /** Whether the library wants the data even with bad signatures (CD, RFC 4035 §3.2.2). */
  public boolean wantsNoCheck() {
    return message.getHeader().getFlag(Flags.CD);
  }

  /** The query for the same records with their signatures. It must have no obstacle. */
  public SignedQuery signed() {
    Record question = message.getQuestion();
    return new SignedQuery(question.getName().canonicalize(), question.getType());
  }

  /**
   * The response to this query, made from checked records, with their signatures if the query asks
   * for them (RFC 4035 §3.2.1).
   *
   * @param checked is not altered
   * @param secure whether AD is set (RFC 4035 §3.2.3)
   */
  public byte[] validated(Message checked, boolean secure) {
    Message response = checked.clone();
    if (secure) {
      response.getHeader().setFlag(Flags.AD);
    } else {
      response.getHeader().unsetFlag(Flags.AD);
    }
    int asked = message.getQuestion().getType();
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
      for (Record record : new ArrayList<>(response.getSection(section))) {
        boolean ours = section == Section.ADDITIONAL && record.getDClass() != DClass.IN;
        if (ours && !(record instanceof OPTRecord)
            || !wantsSignatures() && isForDnssec(record.getType(), asked)) {
          response.removeRecord(record, section);
        }
      }
    }
    return response.toWire();
  }

  private static boolean isForDnssec(int type, int asked) {
    boolean dnssec = type == Type.RRSIG || type == Type.NSEC || type == Type.NSEC3;
    return dnssec && asked != type && asked != Type.ANY;
  }

  /** Whether the response has signatures and proofs for the library (DO). */
  boolean wantsSignatures() {
    OPTRecord opt = message.getOPT();
    return opt != null && (opt.getFlags() & ExtendedFlags.DO) != 0;
  }

  /**
   * Accepts a server's octets as the answer to this question. Header and question decide; of the
   * rest only the answer section must be a sequence of records. The library itself judges the
   * content of the records, as it would without the agent.
   *
   * @param response one DNS message, with any octets
   * @throws ResponseException if it is none, or says that the server could not answer
   */
  public Response<byte[]> read(byte[] response) throws ResponseException {
    ReceivedMessage answer = ReceivedMessage.of(response);
    ResponseDecoder.checkIsWholeResponse(answer);
    Record question = message.getQuestion();
    ResponseDecoder.checkMatches(spelled(question.getName()), question.getType(), answer);
    ResponseDecoder.checkAnswers(answer);
    checkQuestionFits(answer);
    return new Response<>(response, answer);
  }

  /** As a question spells it. */
  static String spelled(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }

  /**
   * Names in the records point into the question, so the query's takes exactly its place.
   *
   * @throws ResponseException when it would not fit
   */
  void checkQuestionFits(ReceivedMessage response) throws ResponseException {
    if (response.endOfQuestions() != HEADER + questionOctets().length) {
      throw ReceivedMessage.notDns(); // the question's own name is compressed
    }
  }

  /** The only question as the library wrote it; id, flags and counts are not in it. */
  byte[] questionOctets() {
    return message.getQuestion().toWire(Section.QUESTION);
  }

  /** Its header, its questions, and OPT as far as size, version and flags go. */
  Message message() {
    return message;
  }

  /** Such as {@code www.example.com. AAAA}. */
  @Override
  public String toString() {
    Record question = message.getQuestion();
    return question == null
        ? "a message without a question"
        : question.getName() + " " + Type.string(question.getType());
  }
}
