package io.github.dotagent.dnssec;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A response, or a part of it that is judged alone: because dnsjava's validator ends with the first
 * alias that is insecure, and does not look for all that must be proved. Immutable.
 */
final class ResponsePart {
  private final Message message; // filtered for this name and type
  private final Name name;
  private final int type;

  ResponsePart(Message filtered, Name name, int type) {
    this.message = filtered;
    this.name = name;
    this.type = type;
  }

  Message message() {
    return message;
  }

  Name name() {
    return name;
  }

  int type() {
    return type;
  }

  /** Whether it has what was asked for, behind all aliases. */
  boolean hasData() {
    return ResponseFilter.hasData(message, name, type);
  }

  /**
   * A copy for dnsjava's validator. If a NSEC3 record has too many iterations, only such records
   * are left: the validator ignores them only if all have too many, and Unbound if one has.
   * Otherwise it would compute up to eight hashes with 65,535 rounds.
   */
  Message forJudge() {
    Message copy = message.clone();
    if (hasTooManyIterations()) {
      for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
        boolean ofProof = set.getType() == Type.NSEC3 && !set.rrs(false).isEmpty();
        if (ofProof && ((NSEC3Record) set.first()).getIterations() <= Validator.NSEC3_ITERATIONS) {
          remove(copy, set, Section.AUTHORITY);
        }
      }
    }
    return copy;
  }

  boolean hasTooManyIterations() {
    return ResponseFilter.iterations(message) > Validator.NSEC3_ITERATIONS;
  }

  /** With its NSEC3 records as the only proof; null when it has none. */
  ResponsePart withoutNsec() {
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      if (set.getType() == Type.NSEC3) {
        return new ResponsePart(withoutProofs(message, Type.NSEC), name, type);
      }
    }
    return null;
  }

  /** A copy without the records of this type, NSEC or NSEC3, and their signatures. */
  static Message withoutProofs(Message message, int type) {
    Message rest = message.clone();
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      if (set.getType() == type) {
        remove(rest, set, Section.AUTHORITY);
      }
    }
    return rest;
  }

  /** What the target of its first alias is answered with; null when it begins with none. */
  ResponsePart behindAlias() {
    Name target = ResponseFilter.target(message, name, type);
    if (target == null) {
      return null;
    }
    Message rest = message.clone();
    for (RRset set : message.getSectionRRsets(Section.ANSWER)) {
      if (set.getName().equals(name)) {
        remove(rest, set, Section.ANSWER);
      }
    }
    return new ResponsePart(ResponseFilter.of(rest, target, type), target, type);
  }

  /**
   * Its aliases that are made from a wildcard, as their signatures say, each as the answer to a
   * question for it. The name itself must be proved not to exist. dnsjava's validator looks for
   * that proof only if the answer has data, and no part of it is insecure.
   */
  List<ResponsePart> expandedAliases() {
    List<ResponsePart> aliases = new ArrayList<>();
    for (RRset set : message.getSectionRRsets(Section.ANSWER)) {
      if (set.getType() == Type.CNAME && type != Type.CNAME && isExpanded(set)) {
        Message alias = message.clone();
        alias.getHeader().setRcode(Rcode.NOERROR);
        alias.removeAllRecords(Section.ANSWER);
        for (Record record : set.rrs(false)) {
          alias.addRecord(record, Section.ANSWER);
        }
        for (RRSIGRecord signature : set.sigs()) {
          alias.addRecord(signature, Section.ANSWER);
        }
        Name owner = set.getName();
        alias.removeAllRecords(Section.QUESTION);
        alias.addRecord(Record.newRecord(owner, Type.CNAME, DClass.IN), Section.QUESTION);
        Message filtered = ResponseFilter.of(alias, owner, Type.CNAME);
        aliases.add(new ResponsePart(filtered, owner, Type.CNAME));
      }
    }
    return aliases;
  }

  /** RFC 4035 §5.3.2: its name has more labels than were signed. */
  private static boolean isExpanded(RRset set) {
    int labels = set.getName().labels() - (set.getName().isWild() ? 2 : 1); // of the root, of "*"
    for (RRSIGRecord signature : set.sigs()) {
      if (signature.getLabels() < labels) {
        return true;
      }
    }
    return false;
  }

  private static void remove(Message from, RRset set, int section) {
    for (Record record : set.rrs(false)) {
      from.removeRecord(record, section);
    }
    for (RRSIGRecord signature : set.sigs()) {
      from.removeRecord(signature, section);
    }
  }
}
