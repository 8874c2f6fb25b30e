package io.github.dotagent.dnssec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The parts of a response, in the order of its chain of aliases. Each has a message of its own for
 * dnsjava's validator: the records, and the proofs and signatures of the one zone that may have
 * made them. For one thread.
 */
final class ResponseParts {
  /** A SOA that stands in for the one that is missing must not be kept. */
  private static final long NOT_KEPT = 0;

  private static final List<RRset> NOTHING = Collections.emptyList();

  /** Those that are passed on; AD is ours to set. */
  private static final int[] FLAGS = {Flags.QR, Flags.AA, Flags.RD, Flags.RA};

  private final Message message;
  private final int type;
  private final int rcode;
  private final ZoneAnchors anchors; // null: the root's alone
  private final ZoneProofs proofs;
  private final List<RRset> answer = new ArrayList<>(); // in the order of the chain
  private final List<RRset> authority = new ArrayList<>(); // the proofs of all parts
  private final List<ResponsePart> parts = new ArrayList<>();

  /**
   * @param message the response
   * @param type that the question asks for
   * @param rcode without the extension of EDNS
   * @param anchors those that each part must be below; null: the root alone
   * @param proofs of all zones
   */
  ResponseParts(Message message, int type, int rcode, ZoneAnchors anchors, ZoneProofs proofs) {
    this.message = message;
    this.type = type;
    this.rcode = rcode;
    this.anchors = anchors;
    this.proofs = proofs;
  }

  List<ResponsePart> all() {
    return Collections.unmodifiableList(parts);
  }

  /** To check. A proof may belong to several parts, and is checked for each. */
  int signatures() {
    int signatures = 0;
    for (ResponsePart part : parts) {
      signatures += part.signatures();
    }
    return signatures;
  }

  /** All parts in one message, as the response to the question. */
  Message whole(Name name, int ofAll) {
    return message(name, type, ofAll, answer, authority, Name.root);
  }

  /** The name of the trust anchor that counts for records of this type. */
  Name anchor(Name name, int of) {
    return anchors == null ? Name.root : anchors.nearest(name, of);
  }

  /** Does nothing if the chain has it already: two names may be below one DNAME. */
  void addAlias(RRset alias) {
    if (!answer.contains(alias)) {
      answer.add(alias);
      addSet(alias);
    }
  }

  /** RFC 6672 §3.1: the CNAME that a DNAME stands for. It has no signature, and is no part. */
  void addSynthesized(RRset alias) {
    answer.add(alias);
  }

  /**
   * Records, and the claim that there is nothing. That is an answer only if the zone of the name is
   * not signed; then the response code counts, as without validation.
   */
  void addContradicted(Name name, List<RRset> data) {
    answer.addAll(data);
    parts.add(unsignedDenial(name));
  }

  /**
   * The answer to a question of type ANY is judged as one, but for DNAME, whose next record dnsjava
   * takes for the alias made from it, and DS, which is of the zone above.
   */
  void addData(Name name, List<RRset> data) {
    answer.addAll(data);
    List<RRset> together = new ArrayList<>();
    for (RRset set : data) {
      boolean isAlone = set.getType() == Type.DNAME || set.getType() == Type.DS;
      if (isAlone && type != Type.RRSIG) {
        addSet(set);
      } else {
        together.add(set);
      }
    }
    if (!together.isEmpty()) {
      Name anchor = anchor(name, type);
      addPart(name, type, together, proofs.ofExpansion(together, anchor), anchor, null);
    }
  }

  private void addSet(RRset set) {
    Name name = set.getName();
    int of = set.getType();
    Name anchor = anchor(name, isOfZoneAbove(of) ? Type.DS : of);
    List<RRset> data = Collections.singletonList(set);
    if (isOfZoneAbove(of) && isUnsigned(set, anchor)) {
      // dnsjava would ask whether the zone below is signed
      List<RRset> unsigned = Collections.singletonList(soa(name, Type.DS));
      Message part = message(name, of, rcode, NOTHING, unsigned, anchor);
      parts.add(new ResponsePart(part, name, of, anchor, true, null));
    } else {
      addPart(name, of, data, proofs.ofExpansion(data, anchor), anchor, null);
    }
  }

  /** A DS, and an alias in its place. */
  private boolean isOfZoneAbove(int of) {
    return of == Type.DS || type == Type.DS && of == Type.CNAME;
  }

  private static boolean isUnsigned(RRset set, Name anchor) {
    Name signer = Signers.of(set, anchor);
    return signer == null || Signers.isTooLow(signer, set.getName());
  }

  /**
   * A denial is also an answer without proofs, if the zone of the name is not signed: load
   * balancers send the SOA of the zone above, and its proof of an alias or of the delegation.
   */
  void addDenial(Name name) {
    Name anchor = anchor(name, type);
    ResponsePart unsigned = unsignedDenial(name);
    List<RRset> denial = proofs.ofDenial(name, anchor);
    if (denial.isEmpty()) {
      parts.add(unsigned);
    } else {
      addPart(name, type, NOTHING, denial, anchor, unsigned);
    }
  }

  private ResponsePart unsignedDenial(Name name) {
    Name anchor = anchor(name, type);
    List<RRset> soa = Collections.singletonList(soa(name, type));
    Message message = message(name, type, rcode, NOTHING, soa, anchor);
    return new ResponsePart(message, name, type, anchor, false, null);
  }

  private void addPart(
      Name name, int of, List<RRset> data, List<RRset> proved, Name anchor, ResponsePart unsigned) {
    for (RRset proof : proved) {
      if (!authority.contains(proof)) {
        authority.add(proof);
      }
    }
    boolean isDenial = data.isEmpty();
    Message part = message(name, of, isDenial ? rcode : Rcode.NOERROR, data, proved, anchor);
    parts.add(new ResponsePart(part, name, of, anchor, !isDenial, unsigned));
  }

  private Message message(
      Name name, int of, int rcode, List<RRset> data, List<RRset> proved, Name anchor) {
    Message part = new Message(message.getHeader().getID());
    part.getHeader().setRcode(rcode);
    for (int flag : FLAGS) {
      if (message.getHeader().getFlag(flag)) {
        part.getHeader().setFlag(flag);
      }
    }
    part.addRecord(Record.newRecord(name, of, DClass.IN), Section.QUESTION);
    add(part, data, Section.ANSWER, anchor);
    add(part, proved, Section.AUTHORITY, anchor);
    OPTRecord opt = message.getOPT();
    if (opt != null) {
      part.addRecord(opt, Section.ADDITIONAL);
    }
    return part;
  }

  private static void add(Message to, List<RRset> sets, int section, Name anchor) {
    for (RRset set : sets) {
      for (Record record : set.rrs(false)) {
        to.addRecord(record, section);
      }
      for (RRSIGRecord signature : set.sigs()) {
        if (Signers.mayBe(set, signature, anchor)) {
          to.addRecord(signature, section);
        }
      }
    }
  }

  /**
   * Load balancers answer that there is no data, without a SOA (dnsjava#402). With an unsigned SOA
   * at the name, the validator checks whether the zone is signed; if it is not, that is an answer.
   */
  private static RRset soa(Name name, int type) {
    Name zone = type == Type.DS && name.labels() > 1 ? new Name(name, 1) : name;
    return new RRset(new SOARecord(zone, DClass.IN, NOT_KEPT, zone, zone, 0, 0, 0, 0, NOT_KEPT));
  }
}
