package io.github.dotagent.dnssec;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The proof with NSEC that a name does not exist, or has no record of a type (RFC 4035 §3.1.3).
 * dnsjava's validator forgets the wildcard that it has seen when another NSEC record follows, and
 * then takes any wildcard's record for the proof of the type; and it forgets which record showed
 * the closest encloser of a name. The signatures are its matter. Immutable.
 */
final class NsecProof {
  private static final Name WILDCARD = Name.fromConstantString("*");

  private final Name name;
  private final int type;

  private NsecProof(Name name, int type) {
    this.name = name;
    this.type = type;
  }

  /**
   * @param name that is denied, where the aliases of the question lead
   */
  static NsecProof of(Name name, int type) {
    return new NsecProof(name, type);
  }

  /**
   * Whether the NSEC records of a denial prove what its response code says; or none of them needs a
   * second look.
   *
   * @param denial whose signatures are valid
   */
  boolean holds(Message denial) {
    List<RRset> sets = new ArrayList<>();
    boolean hasWildcard = false;
    boolean hasNsec = false;
    for (RRset set : denial.getSectionRRsets(Section.AUTHORITY)) {
      if (set.getType() == Type.NSEC && !set.rrs(false).isEmpty()) {
        hasNsec = true;
        hasWildcard |= set.getName().isWild();
        if (isOfTheZone(set, name)) {
          sets.add(set);
        }
      }
    }
    if (denial.getRcode() == Rcode.NXDOMAIN) {
      return !hasNsec || denyTheName(sets);
    }
    return !hasWildcard || denyTheType(sets);
  }

  /** Neither the name exists nor the wildcard that would stand for it (RFC 4035 §3.1.3.2). */
  private boolean denyTheName(List<RRset> sets) {
    for (RRset set : sets) {
      NSECRecord nsec = (NSECRecord) set.first();
      Name owner = set.getName();
      if (covers(owner, nsec) && !isBetween(owner, nsec)) {
        Name encloser = closestEncloser(owner, nsec.getNext());
        return new NsecProof(wildcard(encloser), type).isCovered(sets);
      }
    }
    return false;
  }

  private static Name wildcard(Name encloser) {
    try {
      return Name.concatenate(WILDCARD, encloser);
    } catch (NameTooLongException impossible) { // it is shorter than the name
      throw new IllegalStateException(impossible);
    }
  }

  private boolean isCovered(List<RRset> sets) {
    for (RRset set : sets) {
      NSECRecord nsec = (NSECRecord) set.first();
      if (covers(set.getName(), nsec) && !isBetween(set.getName(), nsec)) {
        return true;
      }
    }
    return false;
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

  private boolean denyTheType(List<RRset> sets) {
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
