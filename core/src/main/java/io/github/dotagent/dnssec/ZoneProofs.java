package io.github.dotagent.dnssec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The records in the authority section of a response that prove something: NSEC, NSEC3 and SOA.
 * dnsjava's validator takes those of any zone; each part of a response needs those of its own.
 * Immutable.
 */
final class ZoneProofs {
  /**
   * Salts of one zone. A change of the salt needs two; each costs a hash for each label of a name,
   * and again for each zone on the way.
   */
  private static final int MOST_SALTS = 2;

  private final List<RRset> sets = new ArrayList<>();
  private final int type;

  private ZoneProofs(int type) {
    this.type = type;
  }

  /**
   * @param type that the question asks for
   */
  static ZoneProofs of(Message message, int type) {
    ZoneProofs proofs = new ZoneProofs(type);
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      boolean hasRecords = !set.rrs(false).isEmpty();
      if (isOfAProof(set.getType()) && set.getDClass() == DClass.IN && hasRecords) {
        proofs.sets.add(set);
      }
    }
    return proofs;
  }

  static boolean isOfAProof(int type) {
    return type == Type.NSEC || type == Type.NSEC3 || type == Type.SOA;
  }

  /** Sets of records. */
  int count() {
    return sets.size();
  }

  int signatures() {
    int signatures = 0;
    for (RRset set : sets) {
      signatures += set.sigs().size();
    }
    return signatures;
  }

  /** Whether the NSEC3 records of a zone have more salts than any zone needs. */
  boolean haveManySalts() {
    Map<Name, Set<List<Object>>> ofZones = new HashMap<>();
    for (RRset set : sets) {
      if (set.getType() == Type.NSEC3 && !set.getName().equals(Name.root)) {
        Name zone = new Name(set.getName(), 1);
        Set<List<Object>> salts = ofZones.get(zone);
        if (salts == null) {
          salts = new HashSet<>();
          ofZones.put(zone, salts);
        }
        for (Record record : set.rrs(false)) {
          salts.add(salt((NSEC3Record) record));
        }
        if (salts.size() > MOST_SALTS) {
          return true;
        }
      }
    }
    return false;
  }

  /** All that a hash depends on, beside the name. */
  private static List<Object> salt(NSEC3Record nsec3) {
    String salt = Arrays.toString(nsec3.getSalt());
    return Arrays.<Object>asList(nsec3.getHashAlgorithm(), nsec3.getIterations(), salt);
  }

  /** The proofs that there is nothing better than the wildcard that the records are made from. */
  List<RRset> ofExpansion(List<RRset> data, Name anchor) {
    List<RRset> proofs = new ArrayList<>();
    for (RRset set : data) {
      if (isExpanded(set)) {
        addProofs(proofs, Signers.of(set, anchor), anchor);
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
  List<RRset> ofDenial(Name name, Name anchor) {
    Name zone = null; // the nearest
    for (RRset set : sets) {
      Name speaker = speaker(set, anchor);
      boolean isNearer = speaker != null && (zone == null || speaker.labels() > zone.labels());
      if (isNearer && mayDeny(speaker, name)) {
        zone = speaker;
      }
    }
    List<RRset> proofs = new ArrayList<>();
    for (RRset set : sets) {
      if (zone != null && zone.equals(speaker(set, anchor))) {
        proofs.add(set);
      }
    }
    return proofs;
  }

  /** The zone that says that there is something, or nothing; null: the set says neither. */
  private static Name speaker(RRset set, Name anchor) {
    if (set.getType() == Type.SOA) {
      return set.getName().subdomain(anchor) ? set.getName() : null;
    }
    return isDenial(set) ? Signers.of(set, anchor) : null;
  }

  private boolean mayDeny(Name zone, Name name) {
    return name.subdomain(zone) && !(type == Type.DS && Signers.isTooLow(zone, name));
  }

  /**
   * @param zone that has signed them; null: there are none
   */
  private void addProofs(List<RRset> proofs, Name zone, Name anchor) {
    for (RRset set : sets) {
      if (isDenial(set) && zone != null && zone.equals(Signers.of(set, anchor))) {
        proofs.add(set);
      }
    }
  }

  /**
   * A record of a proof has its own name, and speaks for names of its zone alone. One that is made
   * from a wildcard would speak for names that the zone has not signed.
   */
  private static boolean isDenial(RRset set) {
    if (set.getType() == Type.SOA || isExpanded(set)) {
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
}
