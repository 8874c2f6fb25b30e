package io.github.dotagent.dnssec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The times of signatures. A wrong clock, or a zone that is not signed again, makes them invalid.
 */
final class SignatureTimes {
  private SignatureTimes() {}

  /**
   * The set of records whose signatures are all outside their time, as a verdict with both times;
   * null when there is none.
   *
   * @param now by this machine's clock
   */
  static Verdict outside(Message message, Instant now) {
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      for (RRset set : message.getSectionRRsets(section)) {
        Verdict verdict = outside(set, now);
        if (verdict != null) {
          return verdict;
        }
      }
    }
    return null;
  }

  private static Verdict outside(RRset set, Instant now) {
    RRSIGRecord late = null;
    for (RRSIGRecord signature : set.sigs()) {
      if (isInTime(signature, now)) {
        return null;
      }
      late = signature;
    }
    if (late == null) {
      return null;
    }
    boolean expired = now.isAfter(late.getExpire());
    String when =
        expired ? " expired at " + late.getExpire() : " begins at " + late.getTimeSigned();
    return Verdict.bogus(
        "the signature of "
            + set.getName()
            + ' '
            + Type.string(set.getType())
            + when
            + ", and this machine's clock says "
            + now,
        expired
            ? ExtendedErrorCodeOption.SIGNATURE_EXPIRED
            : ExtendedErrorCodeOption.SIGNATURE_NOT_YET_VALID);
  }

  /**
   * How long the message may be cached, in seconds: no longer than a signature is valid, or than
   * the signed TTL (RFC 4035 §5.3.3). A signature outside its time does not count if the records
   * have another one: a zone that is signed again may still have it.
   */
  static long secondsToKeep(Message message, Instant now) {
    long seconds = Integer.MAX_VALUE; // RFC 2181 §8
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      for (RRset set : message.getSectionRRsets(section)) {
        seconds = Math.min(seconds, secondsToKeep(set, now));
      }
    }
    return seconds;
  }

  private static long secondsToKeep(RRset set, Instant now) {
    long seconds = Integer.MAX_VALUE;
    boolean isValid = set.sigs().isEmpty();
    for (RRSIGRecord signature : set.sigs()) {
      if (isInTime(signature, now)) {
        isValid = true;
        long left = signature.getExpire().getEpochSecond() - now.getEpochSecond();
        seconds = Math.min(seconds, Math.min(left, signature.getOrigTTL()));
      }
    }
    return isValid ? seconds : 0;
  }

  private static boolean isInTime(RRSIGRecord signature, Instant now) {
    return !now.isBefore(signature.getTimeSigned()) && !now.isAfter(signature.getExpire());
  }

  /** A copy whose records tell a cache to keep them no longer than that. */
  static Message bounded(Message message, Instant now) {
    return bounded(message, secondsToKeep(message, now));
  }

  /**
   * @param most seconds, the highest TTL in the copy
   */
  static Message bounded(Message message, long most) {
    return withTtls(message, most, 0);
  }

  /**
   * The message with the TTLs that are left; the same one if all are.
   *
   * @param seconds since it came
   */
  static Message aged(Message message, long seconds) {
    return seconds <= 0 ? message : withTtls(message, Integer.MAX_VALUE, seconds);
  }

  private static Message withTtls(Message message, long most, long gone) {
    Message changed = message.clone();
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      changed.removeAllRecords(section);
      for (Record record : message.getSection(section)) {
        long ttl = Math.max(0, Math.min(record.getTTL(), most) - gone);
        changed.addRecord(ttl == record.getTTL() ? record : withTtl(record, ttl, section), section);
      }
    }
    return changed;
  }

  /** RFC 1035 §3.2.1: name, type, class, TTL; dnsjava does not let its records be changed. */
  private static Record withTtl(Record record, long seconds, int section) {
    byte[] wire = record.toWire(section);
    ByteBuffer.wrap(wire).putInt(record.getName().length() + 4, (int) seconds);
    try {
      return Record.fromWire(wire, section);
    } catch (IOException impossible) { // it was written here
      throw new IllegalStateException(impossible);
    }
  }
}
