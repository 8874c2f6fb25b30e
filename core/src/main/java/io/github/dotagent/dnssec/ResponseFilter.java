package io.github.dotagent.dnssec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Takes a response apart: each alias on the way, and the records or the denial at its end, is a
 * part that is judged alone, with the proofs of its own zone. dnsjava's validator judges a whole
 * chain: it ends with the first insecure alias, reads the chain in the order in which the server
 * wrote it, and takes proofs of any zone. What belongs to no part reaches no caller.
 */
final class ResponseFilter {
  /** Aliases that are followed: RFC 1034 has no bound, Unbound's is 11, and more are a circle. */
  private static final int MOST_ALIASES = 32;

  /**
   * Sets of records in a message; each may cost several checks of a signature (CVE-2023-50387). A
   * chain of aliases has one each, a proof has three.
   */
  static final int MOST_SETS = 64;

  /**
   * Signatures in a message, each of which may be checked. Unbound gives a message up after as many
   * ({@code MAX_VALIDATE_AT_ONCE} times {@code MAX_VALIDATION_SUSPENDS}); a zone that changes its
   * algorithm has two for each set.
   */
  static final int MOST_SIGNATURES = 128;

  /** A SOA that stands in for the one that is missing must not be kept. */
  private static final long NOT_KEPT = 0;

  /** Those that are passed on; AD is ours to set. */
  private static final int[] FLAGS = {Flags.QR, Flags.AA, Flags.RD, Flags.RA};

  private final Message message;
  private final int type;
  private final ZoneAnchors anchors; // null: the root's alone
  private final List<RRset> came = new ArrayList<>(); // in the answer section
  private final List<Name> names = new ArrayList<>(); // the question's, and where aliases lead
  private final List<RRset> answer = new ArrayList<>(); // in the order of the chain
  private final List<RRset> authority = new ArrayList<>(); // the proofs of all parts
  private final List<ResponsePart> parts = new ArrayList<>();
  private final boolean tooMuch;
  private boolean hasData;
  private String defect; // null: none

  private ResponseFilter(Message message, Name name, int type, ZoneAnchors anchors) {
    this.message = message;
    this.type = type;
    this.anchors = anchors;
    for (RRset set : message.getSectionRRsets(Section.ANSWER)) {
      if (set.getDClass() == DClass.IN && mayCount(set)) {
        came.add(set);
      }
    }
    this.tooMuch = hasTooMuch();
    if (tooMuch) {
      defect =
          "the response has more than "
              + MOST_SETS
              + " sets of records, or "
              + MOST_SIGNATURES
              + " signatures";
    } else {
      follow(name);
    }
  }

  /**
   * @param message a response to the question
   * @param name as it was asked
   * @param anchors those that each part must be below; null: the root alone
   */
  static ResponseFilter of(Message message, Name name, int type, ZoneAnchors anchors) {
    return new ResponseFilter(message, name, type, anchors);
  }

  /** Whether there are records of the type where its aliases lead. */
  static boolean hasData(Message message, Name name, int type) {
    return of(message, name, type, null).hasData;
  }

  /** Why it is no response that a validator may judge; null: it is one. */
  String defect() {
    return defect;
  }

  /** Whether it has more sets of records, or signatures, than any zone has. */
  boolean isTooMuch() {
    return tooMuch;
  }

  /** In the order of the chain, at least one. Empty if there is a defect. */
  List<ResponsePart> parts() {
    return Collections.unmodifiableList(parts);
  }

  /** All parts in one message, in the order of the chain; not for one that is too much. */
  Message whole() {
    return message(names.get(0), type, message.getRcode(), answer, authority, Name.root);
  }

  /**
   * dnsjava also makes a set of signatures without records. It counts only for a question about
   * signatures; otherwise a server could claim with it that there is an alias, without one.
   */
  private boolean mayCount(RRset set) {
    return hasRecords(set) || isOfAllTypes();
  }

  private static boolean hasRecords(RRset set) {
    return !set.rrs(false).isEmpty();
  }

  private boolean isOfAllTypes() {
    return type == Type.RRSIG || type == Type.ANY;
  }

  private boolean hasTooMuch() {
    int sets = came.size();
    int signatures = 0;
    for (RRset set : came) {
      signatures += set.sigs().size();
    }
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      if (isOfAProof(set)) {
        sets++;
        signatures += set.sigs().size();
      }
    }
    return sets > MOST_SETS || signatures > MOST_SIGNATURES;
  }

  private static boolean isOfAProof(RRset set) {
    int of = set.getType();
    boolean counts = of == Type.NSEC || of == Type.NSEC3 || of == Type.SOA;
    return counts && set.getDClass() == DClass.IN && hasRecords(set);
  }

  private void follow(Name name) {
    Name at = name;
    Name next = name;
    while (next != null && defect == null) {
      at = next;
      names.add(at);
      next = isOfAllTypes() || type == Type.CNAME ? null : next(at);
      if (names.size() > MOST_ALIASES || names.contains(next) && !at.equals(next)) {
        defect = "the aliases of " + name + " form a loop";
      }
      if (at.equals(next)) {
        return; // an alias of itself: what is there is the answer
      }
    }
    if (defect == null) {
      end(at);
    }
  }

  /** Where the alias leads that the name is; null when it is none. */
  private Name next(Name name) {
    RRset tree = tree(name);
    if (tree != null) {
      return isSingle(tree) ? throughTree(name, tree) : null;
    }
    RRset alias = find(name, Type.CNAME);
    if (alias == null || !isSingle(alias)) {
      return null;
    }
    answer.add(alias);
    addAlias(alias);
    return ((CNAMERecord) alias.first()).getTarget();
  }

  /** RFC 6672 §3.2: the DNAME counts, and the CNAME that it stands for has no signature. */
  private Name throughTree(Name name, RRset tree) {
    DNAMERecord above = (DNAMERecord) tree.first();
    Name target;
    try {
      target = name.fromDNAME(above);
    } catch (NameTooLongException endsHere) {
      return null;
    }
    if (!answer.contains(tree)) {
      answer.add(tree);
      addAlias(tree);
    }
    answer.add(new RRset(new CNAMERecord(name, DClass.IN, tree.getTTL(), target)));
    return target;
  }

  private RRset tree(Name name) {
    for (RRset set : came) {
      boolean isAbove = name.subdomain(set.getName()) && !name.equals(set.getName());
      if (set.getType() == Type.DNAME && isAbove) {
        return set;
      }
    }
    return null;
  }

  private RRset find(Name name, int wanted) {
    for (RRset set : came) {
      if (set.getType() == wanted && set.getName().equals(name)) {
        return set;
      }
    }
    return null;
  }

  /** RFC 2181 §10.1, RFC 6672 §2.4: there is one alias at a name. */
  private boolean isSingle(RRset aliases) {
    boolean isSingle = aliases.rrs(false).size() == 1;
    if (!isSingle) {
      defect = aliases.getName() + " has several aliases";
    }
    return isSingle;
  }

  private void end(Name name) {
    List<RRset> data = new ArrayList<>();
    for (RRset set : came) {
      if (set.getName().equals(name) && (isOfAllTypes() || set.getType() == type)) {
        data.add(set);
      }
    }
    hasData = !data.isEmpty();
    if (hasData && type == Type.CNAME && !isSingle(data.get(0))) {
      return;
    }
    answer.addAll(data);
    Name anchor = anchor(name, type);
    int rcode = message.getRcode();
    boolean isDenial = data.isEmpty() || rcode == Rcode.NXDOMAIN;
    addPart(
        name,
        type,
        rcode,
        data,
        isDenial ? ofDenial(name, anchor) : ofExpansion(data, anchor),
        anchor);
  }

  private void addAlias(RRset alias) {
    List<RRset> data = Collections.singletonList(alias);
    Name name = alias.getName();
    Name anchor = anchor(name, alias.getType());
    addPart(name, alias.getType(), Rcode.NOERROR, data, ofExpansion(data, anchor), anchor);
  }

  private Name anchor(Name name, int of) {
    return anchors == null ? Name.root : anchors.nearest(name, of);
  }

  private void addPart(
      Name name, int of, int rcode, List<RRset> data, List<RRset> proofs, Name anchor) {
    for (RRset proof : proofs) {
      if (!authority.contains(proof)) {
        authority.add(proof);
      }
    }
    Message part = message(name, of, rcode, data, proofs, anchor);
    parts.add(new ResponsePart(part, name, of, anchor, !data.isEmpty()));
  }

  /** The proofs that there is nothing better than the wildcard that the records are made from. */
  private List<RRset> ofExpansion(List<RRset> data, Name anchor) {
    List<RRset> proofs = new ArrayList<>();
    for (RRset set : data) {
      if (isExpanded(set)) {
        addProofs(proofs, signer(set, anchor), anchor);
      }
    }
    return proofs;
  }

  /** RFC 4035 §5.3.2: its name has more labels than were signed, as one of its signatures says. */
  private static boolean isExpanded(RRset set) {
    int labels = set.getName().labels() - (set.getName().isWild() ? 2 : 1); // of the root, of "*"
    for (RRSIGRecord signature : set.sigs()) {
      if (signature.getLabels() < labels) {
        return true;
      }
    }
    return false;
  }

  /**
   * Proofs that something does not exist are signed, in one zone above the name, as is its SOA.
   * Name servers in the authority section prove nothing, and their signatures need not be checked.
   */
  private List<RRset> ofDenial(Name name, Name anchor) {
    Name zone = null; // the nearest
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      Name signer = isDenial(set) ? signer(set, anchor) : null;
      boolean isNearer = signer != null && (zone == null || signer.labels() > zone.labels());
      if (isNearer && mayDeny(signer, name)) {
        zone = signer;
      }
    }
    List<RRset> proofs = new ArrayList<>();
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      boolean isSoa = isOfAProof(set) && set.getType() == Type.SOA;
      boolean isOfZone = zone == null ? name.subdomain(set.getName()) : set.getName().equals(zone);
      if (isSoa && isOfZone && set.getName().subdomain(anchor)) {
        proofs.add(set);
      }
    }
    addProofs(proofs, zone, anchor);
    if (proofs.isEmpty() && isAnswer()) {
      proofs.add(soa(name));
    }
    return proofs;
  }

  /** That a zone has no DS is proved by the zone above it (RFC 4035 §3.1.4.1). */
  private boolean mayDeny(Name zone, Name name) {
    boolean isTooLow = type == Type.DS && zone.equals(name) && !zone.equals(Name.root);
    return name.subdomain(zone) && !isTooLow;
  }

  /**
   * @param zone that has signed them; null: there are none
   */
  private void addProofs(List<RRset> proofs, Name zone, Name anchor) {
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      if (zone != null && isDenial(set) && zone.equals(signer(set, anchor))) {
        proofs.add(set);
      }
    }
  }

  /**
   * A record of a proof has its own name, and speaks for names of its zone alone. One that is made
   * from a wildcard would speak for names that the zone has not signed.
   */
  private static boolean isDenial(RRset set) {
    if (!isOfAProof(set) || set.getType() == Type.SOA || isExpanded(set)) {
      return false;
    }
    for (RRSIGRecord signature : set.sigs()) {
      boolean speaksForOthers =
          set.getType() == Type.NSEC
              && !((NSECRecord) set.first()).getNext().subdomain(signature.getSigner());
      if (speaksForOthers) {
        return false;
      }
    }
    return true;
  }

  private boolean isAnswer() {
    int rcode = message.getRcode();
    return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN;
  }

  /** The first that may be; null when there is none. */
  private static Name signer(RRset set, Name anchor) {
    for (RRSIGRecord signature : set.sigs()) {
      if (mayBe(set, signature, anchor)) {
        return signature.getSigner();
      }
    }
    return null;
  }

  /** RFC 4035 §5.3.1: the signer is the zone that has the records; and an anchor is above it. */
  private static boolean mayBe(RRset set, RRSIGRecord signature, Name anchor) {
    Name signer = signature.getSigner();
    return set.getName().subdomain(signer) && signer.subdomain(anchor);
  }

  private Message message(
      Name name, int of, int rcode, List<RRset> data, List<RRset> proofs, Name anchor) {
    Message part = new Message(message.getHeader().getID());
    part.getHeader().setRcode(rcode);
    for (int flag : FLAGS) {
      if (message.getHeader().getFlag(flag)) {
        part.getHeader().setFlag(flag);
      }
    }
    part.addRecord(Record.newRecord(name, of, DClass.IN), Section.QUESTION);
    add(part, data, Section.ANSWER, anchor);
    add(part, proofs, Section.AUTHORITY, anchor);
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
        if (mayBe(set, signature, anchor)) {
          to.addRecord(signature, section);
        }
      }
    }
  }

  /**
   * Load balancers answer that there is no data, without a SOA (dnsjava#402). With an unsigned SOA
   * at the name, the validator checks whether the zone is signed; if it is not, that is an answer.
   */
  private static RRset soa(Name name) {
    return new RRset(new SOARecord(name, DClass.IN, NOT_KEPT, name, name, 0, 0, 0, 0, NOT_KEPT));
  }
}
