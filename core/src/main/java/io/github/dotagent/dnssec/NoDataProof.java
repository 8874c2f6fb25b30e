package io.github.dotagent.dnssec;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The proof with NSEC that a name has no record of a type, by its wildcard (RFC 4035 §3.1.3.4).
 * dnsjava's validator forgets the wildcard that it has seen when another NSEC record follows, and
 * then takes any wildcard's record for the proof. The signatures are its matter.
 */
final class NoDataProof {
  private final Name name;
  private final int type;

  private NoDataProof(Name name, int type) {
    this.name = name;
    this.type = type;
  }

  /**
   * Whether the NSEC records of a denial prove it, or none of them is of a wildcard.
   *
   * @param denial whose signatures are valid
   * @param name without records of the type, where the aliases of the question lead
   */
  static boolean holds(Message denial, Name name, int type) {
    List<RRset> sets = new ArrayList<>();
    boolean hasWildcard = false;
    for (RRset set : denial.getSectionRRsets(Section.AUTHORITY)) {
      if (set.getType() == Type.NSEC && !set.rrs(false).isEmpty()) {
        hasWildcard |= set.getName().isWild();
        if (isOfTheZone(set, name)) {
          sets.add(set);
        }
      }
    }
    return !hasWildcard || new NoDataProof(name, type).holds(sets);
  }

  /** A zone may speak for its own names alone, from one to the next. */
  private static boolean isOfTheZone(RRset set, Name name) {
    for (RRSIGRecord signature : set.sigs()) {
      Name zone = signature.getSigner();
      if (!name.subdomain(zone) || !((NSECRecord) set.first()).getNext().subdomain(zone)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(List<RRset> sets) {
    Name encloser = null;
    for (RRset set : sets) {
      NSECRecord nsec = (NSECRecord) set.first();
      Name owner = set.getName();
      if (owner.equals(name) && hasNone(nsec) || isBetween(owner, nsec)) {
        return true;
      }
      if (encloser == null && covers(owner, nsec)) {
        encloser = closestEncloser(owner, nsec.getNext());
      }
    }
    for (RRset set : sets) {
      Name owner = set.getName();
      boolean applies = owner.isWild() && new Name(owner, 1).equals(encloser);
      if (applies && hasNone((NSECRecord) set.first())) {
        return true;
      }
    }
    return false;
  }

  /** Neither the type nor an alias, and no delegation, where another zone would have it. */
  private boolean hasNone(NSECRecord nsec) {
    boolean isDelegation = nsec.hasType(Type.NS) && !nsec.hasType(Type.SOA);
    boolean isWrongSide =
        type == Type.DS ? nsec.hasType(Type.SOA) && !name.equals(Name.root) : isDelegation;
    return !nsec.hasType(type) && !nsec.hasType(Type.CNAME) && !isWrongSide;
  }

  /** The name has no records at all, but names below it have some. */
  private boolean isBetween(Name owner, NSECRecord nsec) {
    Name next = nsec.getNext();
    return owner.compareTo(name) < 0 && next.subdomain(name) && !next.equals(name);
  }

  /** Whether it proves that the name does not exist. */
  private boolean covers(Name owner, NSECRecord nsec) {
    Name next = nsec.getNext();
    boolean isBelow = name.subdomain(owner);
    boolean isElsewhere =
        nsec.hasType(Type.DNAME) || nsec.hasType(Type.NS) && !nsec.hasType(Type.SOA);
    if (owner.compareTo(name) >= 0 || isBelow && isElsewhere) {
      return false;
    }
    boolean isLast = owner.compareTo(next) >= 0; // back to the name of the zone
    return isLast ? name.subdomain(next) && !name.equals(next) : name.compareTo(next) < 0;
  }

  /** The longest name above this one that exists, by a record that covers it. */
  private Name closestEncloser(Name owner, Name next) {
    Name above = name;
    while (!owner.subdomain(above) && !next.subdomain(above)) {
      above = new Name(above, 1);
    }
    return above;
  }
}
