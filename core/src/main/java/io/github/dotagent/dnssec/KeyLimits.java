package io.github.dotagent.dnssec;

import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The bounds of a response about keys. dnsjava's validator tries nine signatures for each DS that
 * matches a key, takes RSA keys of any size, and keeps what it has found valid. A zone that is
 * above a bound is bogus.
 */
final class KeyLimits {
  /** With room for the large keys of algorithms to come; today's responses have one or two KB. */
  static final int MOST_OCTETS = 16_384;

  /** BIND allows 100 records of any type ({@code max-records-per-type}); no zone needs as many. */
  static final int MOST_KEYS = 32;

  /** A zone that changes its keys and its algorithm has eight: two digests of each of four keys. */
  static final int MOST_DS = 16;

  /** A zone has one for each key that signs keys. dnsjava tries nine of them for each DS. */
  static final int MOST_SIGNATURES = 16;

  /** RFC 3110 §2. A check takes four times as long with twice as many. */
  static final int MOST_MODULUS_OCTETS = 512;

  /** The largest exponent in use, 2^32 + 1, has five. A check takes longer with each bit. */
  static final int MOST_EXPONENT_OCTETS = 8;

  /** The length of an exponent takes one octet, or three, of which the first is 0 (RFC 3110 §2). */
  private static final int LONG_LENGTH = 3;

  private static final int OCTET = 0xff;

  private KeyLimits() {}

  /** A response has more than a validator should be given; the message is the whole reason. */
  static final class ExceededException extends Exception {
    private static final long serialVersionUID = 1L;

    ExceededException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param message a response about DS or DNSKEY records
   * @param octets of the response as it came
   */
  static void check(Message message, int octets) throws ExceededException {
    int keys = 0;
    int digests = 0;
    int signatures = 0;
    for (Record record : message.getSection(Section.ANSWER)) {
      keys += record.getType() == Type.DNSKEY ? 1 : 0;
      digests += record.getType() == Type.DS ? 1 : 0;
      signatures += isSignatureOfKeys(record) ? 1 : 0;
      if (record instanceof DNSKEYRecord && isSlow((DNSKEYRecord) record)) {
        throw new ExceededException(
            "the RSA key "
                + ((DNSKEYRecord) record).getFootprint()
                + " of "
                + record.getName()
                + " has more than 4096 bits, or an exponent of more than 64");
      }
    }
    if (octets > MOST_OCTETS
        || keys > MOST_KEYS
        || digests > MOST_DS
        || signatures > MOST_SIGNATURES) {
      throw new ExceededException(
          "the response about the keys of "
              + message.getQuestion().getName()
              + " has more than "
              + MOST_OCTETS
              + " octets, "
              + MOST_KEYS
              + " keys, "
              + MOST_DS
              + " DS records or "
              + MOST_SIGNATURES
              + " signatures");
    }
  }

  /** One of an alias in the place of a DS is not checked with the keys. */
  private static boolean isSignatureOfKeys(Record record) {
    int covered = record.getRRsetType();
    return record.getType() == Type.RRSIG && (covered == Type.DS || covered == Type.DNSKEY);
  }

  private static boolean isSlow(DNSKEYRecord record) {
    byte[] key = record.getKey();
    if (!isRsa(record.getAlgorithm()) || key == null || key.length < LONG_LENGTH) {
      return false; // not an RSA key: dnsjava accepts no signature of it
    }
    boolean isLong = key[0] == 0;
    int exponent = isLong ? (key[1] & OCTET) << 8 | key[2] & OCTET : key[0] & OCTET;
    int start = isLong ? LONG_LENGTH : 1;
    int modulus = start + exponent;
    return modulus < key.length // otherwise the key is cut short, and no signature of it is valid
        && (significant(key, start, modulus) > MOST_EXPONENT_OCTETS
            || significant(key, modulus, key.length) > MOST_MODULUS_OCTETS);
  }

  /** Octets of a number without leading zeros, which RFC 3110 forbids and validators accept. */
  private static int significant(byte[] key, int from, int to) {
    int first = from;
    while (first < to && key[first] == 0) {
      first++;
    }
    return to - first;
  }

  private static boolean isRsa(int algorithm) {
    switch (algorithm) {
      case DNSSEC.Algorithm.RSAMD5:
      case DNSSEC.Algorithm.RSASHA1:
      case DNSSEC.Algorithm.RSA_NSEC3_SHA1:
      case DNSSEC.Algorithm.RSASHA256:
      case DNSSEC.Algorithm.RSASHA512:
        return true;
      default:
        return false;
    }
  }
}
