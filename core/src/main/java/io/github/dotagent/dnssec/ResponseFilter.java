package io.github.dotagent.dnssec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
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
 * Keeps the parts of a response that decide its verdict, and nothing else. In dnsjava's validator,
 * the first insecure set of records decides for the whole message. A hostile server could add a set
 * of any unsigned zone, or a signature in the name of one, and its forgery would pass as an
 * insecure answer. The parts that are left can be insecure only if the name itself is.
 */
final class ResponseFilter {
  /** Aliases that are followed: RFC 1034 has no bound, Unbound's is 11, and more are a circle. */
  private static final int MOST_ALIASES = 32;

  /**
   * Sets of records in a message; each may cost several checks of a signature (CVE-2023- 50387). A
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
  private final List<Name> names = new ArrayList<>(); // the question's, and where aliases lead
  private final List<RRset> answer;
  private final int sets; // of the answer, as it came
  private boolean hasData;
  private boolean isCircle;

  private ResponseFilter(Message message, Name name, int type) {
    this.message = message;
    this.type = type;
    this.answer = answer(message, type);
    this.sets = answer.size();
    follow(name);
    removeIrrelevant();
  }

  /**
   * dnsjava also makes a set of signatures without records. It counts only for a question about
   * signatures; otherwise a server could claim with it that there is an alias, without one.
   */
  private static List<RRset> answer(Message message, int type) {
    List<RRset> answer = new ArrayList<>();
    for (RRset set : message.getSectionRRsets(Section.ANSWER)) {
      if (hasRecords(set) || type == Type.RRSIG || type == Type.ANY) {
        answer.add(set);
      }
    }
    return answer;
  }

  private static boolean hasRecords(RRset set) {
    return !set.rrs(false).isEmpty();
  }

  /**
   * @param message a response to the question
   * @param name as it was asked
   * @return null if it has more than any zone has
   */
  static Message of(Message message, Name name, int type) {
    return new ResponseFilter(message, name, type).filtered();
  }

  /** Whether its aliases lead nowhere, and prove nothing. */
  static boolean isCircle(Message message, Name name, int type) {
    return new ResponseFilter(message, name, type).isCircle;
  }

  /** Whether there are records of the type where its aliases lead. */
  static boolean hasData(Message message, Name name, int type) {
    return new ResponseFilter(message, name, type).hasData;
  }

  /** Where the alias leads that a name is; null when it is none. */
  static Name target(Message message, Name name, int type) {
    List<Name> names = new ResponseFilter(message, name, type).names;
    return names.size() > 1 ? names.get(1) : null;
  }

  /** Where the aliases of a response lead; the name itself without any. */
  static Name end(Message message, Name name, int type) {
    List<Name> names = new ResponseFilter(message, name, type).names;
    return names.get(names.size() - 1);
  }

  private void follow(Name name) {
    Map<Name, CNAMERecord> aliases = new HashMap<>();
    List<DNAMERecord> trees = new ArrayList<>();
    for (RRset set : answer) {
      if (!hasRecords(set)) {
        continue;
      }
      if (set.getType() == Type.CNAME && !aliases.containsKey(set.getName())) {
        aliases.put(set.getName(), (CNAMERecord) set.first());
      } else if (set.getType() == Type.DNAME) {
        trees.add((DNAMERecord) set.first());
      }
    }
    Name end = name;
    for (int left = MOST_ALIASES; end != null && left > 0 && !names.contains(end); left--) {
      names.add(end);
      end = type == Type.CNAME ? null : next(end, aliases, trees);
    }
    Name last = names.get(names.size() - 1);
    // of one alone it is said that it is an alias of itself: what is there is the answer
    isCircle = end != null && names.contains(end) && !end.equals(last);
    for (RRset set : answer) {
      hasData |= set.getName().equals(last) && (set.getType() == type || type == Type.ANY);
    }
  }

  private static Name next(Name name, Map<Name, CNAMERecord> aliases, List<DNAMERecord> trees) {
    CNAMERecord alias = aliases.get(name);
    if (alias != null) {
      return alias.getTarget();
    }
    for (DNAMERecord tree : trees) {
      if (name.subdomain(tree.getName()) && !name.equals(tree.getName())) {
        try {
          return name.fromDNAME(tree);
        } catch (NameTooLongException endsHere) {
          return null;
        }
      }
    }
    return null;
  }

  /**
   * What belongs to no name of the answer is not judged, so it must reach no caller: dnsjava
   * removes it before it judges, and only from the message that it calls secure.
   */
  private void removeIrrelevant() {
    for (Iterator<RRset> sets = answer.iterator(); sets.hasNext(); ) {
      RRset set = sets.next();
      boolean isRelevant = set.getType() == Type.DNAME ? isAboveOne(set.getName()) : isOfOne(set);
      if (!isRelevant) {
        sets.remove();
      }
    }
  }

  private boolean isOfOne(RRset set) {
    int of = set.getType();
    boolean isWanted = of == type || of == Type.CNAME || type == Type.ANY || type == Type.RRSIG;
    return isWanted && names.contains(set.getName());
  }

  private Message filtered() {
    List<RRset> authority = new ArrayList<>();
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      if (isOfTheProof(set)) {
        authority.add(set);
      }
    }
    if (sets + authority.size() > MOST_SETS) {
      return null;
    }
    Message filtered = new Message(message.getHeader().getID());
    filtered.getHeader().setRcode(message.getHeader().getRcode());
    for (int flag : FLAGS) {
      if (message.getHeader().getFlag(flag)) {
        filtered.getHeader().setFlag(flag);
      }
    }
    filtered.addRecord(Record.newRecord(names.get(0), type, DClass.IN), Section.QUESTION);
    int signatures =
        add(filtered, answer, Section.ANSWER) + add(filtered, authority, Section.AUTHORITY);
    if (signatures > MOST_SIGNATURES) {
      return null;
    }
    if (authority.isEmpty() && !hasData && isAnswer()) {
      addSoa(filtered);
    }
    OPTRecord opt = message.getOPT();
    if (opt != null) {
      filtered.addRecord(opt, Section.ADDITIONAL);
    }
    return filtered;
  }

  private boolean isAnswer() {
    int rcode = message.getRcode();
    return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN;
  }

  /**
   * Proofs that something does not exist are signed, in a zone above a name of the answer; the SOA
   * of a negative answer belongs to a zone above the name where the aliases end. Name servers in
   * the authority section prove nothing, and their signatures need not be checked.
   */
  private boolean isOfTheProof(RRset set) {
    switch (set.getType()) {
      case Type.NSEC:
      case Type.NSEC3:
        Name signer = signer(set);
        return signer != null && isAboveOne(signer);
      case Type.SOA:
        return !hasData && names.get(names.size() - 1).subdomain(set.getName());
      default:
        return false;
    }
  }

  private boolean isAboveOne(Name zone) {
    for (Name name : names) {
      if (name.subdomain(zone)) {
        return true;
      }
    }
    return false;
  }

  /** The first that may be; null when there is none. */
  private static Name signer(RRset set) {
    for (RRSIGRecord signature : set.sigs()) {
      if (mayBe(set, signature)) {
        return signature.getSigner();
      }
    }
    return null;
  }

  /** RFC 4035 §5.3.1: the signer is the zone that has the records. */
  private static boolean mayBe(RRset set, RRSIGRecord signature) {
    return set.getName().subdomain(signature.getSigner());
  }

  /** How many signatures there are with them. */
  private static int add(Message to, List<RRset> sets, int section) {
    int signatures = 0;
    for (RRset set : sets) {
      if (set.getDClass() != DClass.IN) {
        continue;
      }
      for (Record record : set.rrs(false)) {
        to.addRecord(record, section);
      }
      for (RRSIGRecord signature : set.sigs()) {
        if (mayBe(set, signature)) {
          to.addRecord(signature, section);
          signatures++;
        }
      }
    }
    return signatures;
  }

  /**
   * Load balancers answer that there is no data, without a SOA (dnsjava#402). With an unsigned SOA
   * at the name, the validator checks whether the zone is signed; if it is not, that is an answer.
   */
  private void addSoa(Message to) {
    Name name = names.get(names.size() - 1);
    to.addRecord(
        new SOARecord(name, DClass.IN, NOT_KEPT, name, name, 0, 0, 0, 0, NOT_KEPT),
        Section.AUTHORITY);
  }

  /** The highest number of iterations that a NSEC3 record of the message asks for. */
  static int iterations(Message message) {
    int most = 0;
    for (Record record : message.getSection(Section.AUTHORITY)) {
      if (record instanceof NSEC3Record) {
        most = Math.max(most, ((NSEC3Record) record).getIterations());
      }
    }
    return most;
  }
}
