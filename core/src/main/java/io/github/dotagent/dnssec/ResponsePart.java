package io.github.dotagent.dnssec;

import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A part of a response that is judged alone: one alias, or the records or the denial at the end,
 * with the proofs that belong to it. Immutable.
 */
final class ResponsePart {
  /** The limit of Unbound ({@code val-nsec3-keysize-iterations}) and of RFC 9276 §3.2's advice. */
  static final int NSEC3_ITERATIONS = 150;

  private final Message message;
  private final Name name;
  private final int type;
  private final Name anchor;
  private final boolean hasData;
  private final ResponsePart unsigned;

  ResponsePart(
      Message message, Name name, int type, Name anchor, boolean hasData, ResponsePart unsigned) {
    this.message = message;
    this.name = name;
    this.type = type;
    this.anchor = anchor;
    this.hasData = hasData;
    this.unsigned = unsigned;
  }

  Name name() {
    return name;
  }

  int type() {
    return type;
  }

  /** The zone of the trust anchor that counts for it: the nearest. */
  Name anchor() {
    return anchor;
  }

  /** Whether it has records of its type; otherwise it is a denial. */
  boolean hasData() {
    return hasData;
  }

  /**
   * A denial without its proofs, which is an answer if its zone is not signed. Null: there is no
   * such part.
   */
  ResponsePart unsigned() {
    return unsigned;
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
        if (ofProof && ((NSEC3Record) set.first()).getIterations() <= NSEC3_ITERATIONS) {
          remove(copy, set);
        }
      }
    }
    return copy;
  }

  boolean hasTooManyIterations() {
    return iterations(message) > NSEC3_ITERATIONS;
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

  /** Those that may be checked for it. */
  int signatures() {
    int signatures = 0;
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      for (Record record : message.getSection(section)) {
        signatures += record.getType() == Type.RRSIG ? 1 : 0;
      }
    }
    return signatures;
  }

  /** With its NSEC3 records as the only proof; null when it has none. */
  ResponsePart withoutNsec() {
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      if (set.getType() == Type.NSEC3) {
        Message rest = withoutProofs(message, Type.NSEC);
        return new ResponsePart(rest, name, type, anchor, hasData, unsigned);
      }
    }
    return null;
  }

  /** A copy without the records of this type, NSEC or NSEC3, and their signatures. */
  static Message withoutProofs(Message message, int type) {
    Message rest = message.clone();
    for (RRset set : message.getSectionRRsets(Section.AUTHORITY)) {
      if (set.getType() == type) {
        remove(rest, set);
      }
    }
    return rest;
  }

  private static void remove(Message from, RRset set) {
    for (Record record : set.rrs(false)) {
      from.removeRecord(record, Section.AUTHORITY);
    }
    for (RRSIGRecord signature : set.sigs()) {
      from.removeRecord(signature, Section.AUTHORITY);
    }
  }
}
