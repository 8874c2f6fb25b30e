package io.github.dotagent.dnssec;

import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Type;

/**
 * The zones that may have signed a set of records. dnsjava's validator takes the signer of the
 * first signature for the zone, wherever it is.
 */
final class Signers {
  private Signers() {}

  /** The first that may be; null when there is none. */
  static Name of(RRset set, Name anchor) {
    for (RRSIGRecord signature : set.sigs()) {
      if (mayBe(set, signature, anchor)) {
        return signature.getSigner();
      }
    }
    return null;
  }

  /** RFC 4035 §5.3.1: the signer is the zone that has the records; and an anchor is above it. */
  static boolean mayBe(RRset set, RRSIGRecord signature, Name anchor) {
    Name signer = signature.getSigner();
    boolean isAbove = set.getName().subdomain(signer) && signer.subdomain(anchor);
    return isAbove && !(set.getType() == Type.DS && isTooLow(signer, set.getName()));
  }

  /** The DS of a zone, and that it has none, are in the zone above it (RFC 4035 §3.1.4.1). */
  static boolean isTooLow(Name zone, Name ofDs) {
    return zone.equals(ofDs) && !zone.equals(Name.root);
  }
}
