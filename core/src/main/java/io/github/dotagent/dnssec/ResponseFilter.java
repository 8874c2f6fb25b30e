package io.github.dotagent.dnssec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Takes a response apart: each alias on the way, and the records or the denial at its end, is a
 * part that is judged alone, with the proofs of its own zone. dnsjava's validator judges a whole
 * chain: it ends with the first insecure alias, reads the chain in the order in which the server
 * wrote it, and takes proofs of any zone. What belongs to no part reaches no caller.
 */
final class ResponseFilter {
  /**
   * Aliases that are followed: RFC 1034 has no bound, Unbound's is 11 ({@code max-query-restarts}).
   */
  private static final int MOST_ALIASES = 11;

  /**
   * Sets of records in a message; each may cost several checks of a signature (CVE-2023-50387). A
   * chain of aliases has one each, a proof has three.
   */
  static final int MOST_SETS = 64;

  /**
   * Signatures in a message, each of which may be checked, and again for each part that it proves.
   * Unbound gives a message up after as many ({@code MAX_VALIDATE_AT_ONCE} times {@code
   * MAX_VALIDATION_SUSPENDS}); a zone that changes its algorithm has two for each set.
   */
  static final int MOST_SIGNATURES = 128;

  /**
   * Records in a message, signatures included. dnsjava compares each with all others of its set, so
   * that the 4,000 addresses that fit into a message take a second. No known zone has as many.
   */
  static final int MOST_RECORDS = 1_024;

  /** A response code has four bits there (RFC 1035 §4.1.1). */
  private static final int HIGHEST_IN_HEADER = 15;

  private final Message message;
  private final Name name;
  private final int type;
  private final Predicate<String> believed; // null: of every name
  private final List<RRset> came = new ArrayList<>(); // in the answer section
  private final List<Name> names = new ArrayList<>(); // the question's, and where aliases lead
  private final ZoneProofs proofs; // in the authority section
  private final ResponseParts parts;
  private final int rcode;
  private boolean tooMuch;
  private boolean endsInAlias; // of the part that the server may speak for, or was asked for
  private Name unfinished; // null: the chain is followed to its end
  private String defect; // null: none
  private String contradiction; // null: none

  private ResponseFilter(
      Message message, Name name, int type, ZoneAnchors anchors, Predicate<String> believed) {
    this.message = ofUse(message);
    this.name = name;
    this.type = type;
    this.believed = believed;
    this.rcode = inHeader(message.getRcode());
    boolean isLarge = records() > MOST_RECORDS;
    this.proofs = ZoneProofs.of(isLarge ? new Message(0) : this.message, type);
    this.parts = new ResponseParts(this.message, type, rcode, anchors, proofs);
    if (!isLarge) {
      for (RRset set : this.message.getSectionRRsets(Section.ANSWER)) {
        if (set.getDClass() == DClass.IN && mayCount(set)) {
          came.add(set);
        }
      }
    }
    if (isLarge || hasTooMuch()) {
      giveUp();
    } else if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      defect = "the response code is " + Rcode.string(rcode);
    } else {
      follow(name);
      if (parts.signatures() > MOST_SIGNATURES) {
        giveUp();
      }
    }
  }

  private void giveUp() {
    tooMuch = true;
    defect =
        "the response has more than "
            + MOST_SETS
            + " sets of records, "
            + MOST_SIGNATURES
            + " signatures to check, or "
            + MOST_RECORDS
            + " records, or many salts of NSEC3";
  }

  /**
   * Without name servers in the authority section, which prove nothing, and without SIG records,
   * which dnsjava takes for RRSIG (RFC 3755 §3).
   */
  private static Message ofUse(Message message) {
    Message rest = message.clone();
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      rest.removeAllRecords(section);
      for (Record record : message.getSection(section)) {
        boolean isOfUse = section == Section.ANSWER || ZoneProofs.isOfAProof(record.getRRsetType());
        if (isOfUse && record.getType() != Type.SIG) {
          rest.addRecord(record, section);
        }
      }
    }
    return rest;
  }

  private int records() {
    return message.getSection(Section.ANSWER).size() + message.getSection(Section.AUTHORITY).size();
  }

  /** RFC 6891 §6.1.3: a higher one needs OPT, and none of them is an answer. */
  private static int inHeader(int rcode) {
    return rcode <= HIGHEST_IN_HEADER ? rcode : Rcode.SERVFAIL;
  }

  /**
   * @param message a response to the question
   * @param name as it was asked
   * @param anchors those that each part must be below; null: the root alone
   * @param believed the names that the server may speak for, as a question spells them: the chain
   *     of aliases ends before another. Null: every name
   */
  static ResponseFilter of(
      Message message, Name name, int type, ZoneAnchors anchors, Predicate<String> believed) {
    return new ResponseFilter(message, name, type, anchors, believed);
  }

  /** Why it is no response that a validator may judge; null: it is one. */
  String defect() {
    return defect;
  }

  /** Why the last part is bogus if its zone is signed; null: nothing is known. */
  String contradiction() {
    return contradiction;
  }

  /** Whether it has more sets, records, signatures or salts than any zone needs. */
  boolean isTooMuch() {
    return tooMuch;
  }

  /** The name at the end of the aliases that must be asked for separately; null: none. */
  Name unfinished() {
    return unfinished;
  }

  /** In the order of the chain. None if there is a defect. */
  List<ResponsePart> parts() {
    return defect == null ? parts.all() : Collections.<ResponsePart>emptyList();
  }

  /** All parts in one message, in the order of the chain; not for one that is too much. */
  Message whole() {
    int ofAll = endsInAlias ? Rcode.NOERROR : rcode;
    return parts.whole(name, ofAll);
  }

  /**
   * dnsjava also makes a set of signatures without records. It is the answer to a question about
   * signatures; otherwise a server could claim with it that there is an alias, without one.
   */
  private boolean mayCount(RRset set) {
    return type == Type.RRSIG ? !hasRecords(set) : hasRecords(set);
  }

  private static boolean hasRecords(RRset set) {
    return !set.rrs(false).isEmpty();
  }

  private boolean hasTooMuch() {
    int signatures = proofs.signatures();
    for (RRset set : came) {
      signatures += set.sigs().size();
    }
    return came.size() + proofs.count() > MOST_SETS
        || signatures > MOST_SIGNATURES
        || proofs.haveManySalts();
  }

  private void follow(Name name) {
    Name at = name;
    while (defect == null) {
      names.add(at);
      Name next = next(at);
      if (next == null && defect == null) {
        end(at);
      }
      if (next == null || isAnswer(at, next)) {
        return;
      }
      if (!mayFollow(next)) {
        endsInAlias = true; // its response code concerns the next name
        unfinished = next;
        return;
      }
      if (names.contains(next)) {
        defect = "the aliases of " + name + " form a loop";
      } else if (names.size() > MOST_ALIASES) {
        defect = "the response has more than " + MOST_ALIASES + " aliases";
      }
      at = next;
    }
  }

  /** A server may speak for its own names; what it adds about another proves nothing. */
  private boolean mayFollow(Name next) {
    return believed == null || believed.test(next.toString(true).toLowerCase(Locale.ROOT));
  }

  /** Whether the alias is the end: it was asked for, or leads to itself. */
  private boolean isAnswer(Name alias, Name target) {
    if (isOfAliases()) {
      endsInAlias = true;
      return true;
    }
    boolean isItself = alias.equals(target);
    if (isItself && rcode == Rcode.NXDOMAIN) {
      contradict(alias, Collections.<RRset>emptyList());
    }
    return isItself;
  }

  private void contradict(Name name, List<RRset> data) {
    contradiction = "it says that " + name + " does not exist, and has a record of it";
    parts.addContradicted(name, data);
  }

  /** Whether a CNAME is the answer to the question, and is not followed. */
  private boolean isOfAliases() {
    return type == Type.CNAME || type == Type.ANY;
  }

  /** Where the alias leads that the name is; null when it is none. */
  private Name next(Name name) {
    RRset tree = tree(name);
    if (tree != null) {
      return isSingle(tree) ? throughTree(name, tree) : null;
    }
    RRset alias = isOfAliases() || type == Type.RRSIG ? null : find(name, Type.CNAME);
    if (alias == null || !isSingle(alias)) {
      return null;
    }
    parts.addAlias(alias);
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
    parts.addAlias(tree);
    parts.addSynthesized(new RRset(new CNAMERecord(name, DClass.IN, tree.getTTL(), target)));
    return target;
  }

  /** One above the zone of a trust anchor does not redirect names of that zone. */
  private RRset tree(Name name) {
    Name anchor = parts.anchor(name, type);
    for (RRset set : came) {
      boolean isAbove = name.subdomain(set.getName()) && !name.equals(set.getName());
      if (set.getType() == Type.DNAME && isAbove && set.getName().subdomain(anchor)) {
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

  private boolean areSingle(List<RRset> data) {
    for (RRset set : data) {
      boolean isAlias = set.getType() == Type.CNAME || set.getType() == Type.DNAME;
      if (isAlias && type != Type.RRSIG && !isSingle(set)) {
        return false;
      }
    }
    return true;
  }

  private void end(Name name) {
    List<RRset> data = new ArrayList<>();
    for (RRset set : came) {
      boolean isAsked = set.getType() == type || type == Type.ANY || type == Type.RRSIG;
      if (isAsked && set.getName().equals(name)) {
        data.add(set);
      }
    }
    boolean hasData = !data.isEmpty();
    if (!hasData && isUnfinished(name)) {
      unfinished = name;
      return;
    }
    if (!hasData) {
      parts.addDenial(name);
    } else if (rcode == Rcode.NXDOMAIN) {
      contradict(name, data);
    } else if (areSingle(data)) {
      parts.addData(name, data);
    }
  }

  /**
   * Whether the name at the end of aliases must be asked for separately, as after a response that
   * is not validated: see {@code CnameChain.continuesAt}. The response to that is judged then.
   */
  private boolean isUnfinished(Name end) {
    boolean isAlias = names.size() > 1 && !end.equals(Name.root);
    if (!isAlias || rcode != Rcode.NOERROR) {
      return false;
    }
    for (Record record : message.getSection(Section.AUTHORITY)) {
      if (record.getType() == Type.SOA && end.subdomain(record.getName())) {
        return false;
      }
    }
    return true;
  }
}
