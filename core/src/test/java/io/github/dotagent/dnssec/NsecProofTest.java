package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Which NSEC records deny a name, or a type of it (RFC 4035 §5.4). A record is written as its
 * owner, the next name and its types, such as {@code a z A+MX}, below bank.test, which is
 * {@code @}.
 */
class NsecProofTest {
  private static final String ZONE = "bank.test.";

  private static String absolute(String label) {
    return label.equals("@") ? ZONE : label + '.' + ZONE;
  }

  private static boolean holds(String label, int type, int rcode, String records) {
    String name = absolute(label);
    Message denial = SignedZones.response(name, type, rcode);
    for (String record : records.split(", ")) {
      String[] words = record.split(" ");
      String[] texts = words[2].split("\\+");
      int[] types = new int[texts.length];
      for (int i = 0; i < types.length; i++) {
        types[i] = Type.value(texts[i]);
      }
      denial.addRecord(
          SignedZones.nsec(absolute(words[0]), absolute(words[1]), types), Section.AUTHORITY);
    }
    return NsecProof.of(SignedZones.name(name), type).holds(denial);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "www | a z A, @ a SOA | true | the name and the wildcard are covered",
        "www | @ z SOA | true | both by one record",
        "www | a z A | false | the wildcard is not covered",
        "www | @ a SOA | false | the name is not covered",
        "www | a www A, @ a SOA | false | the name is the next one",
        "www | www z A, @ a SOA | false | the name has a record",
        "www | a b.www A, @ a SOA | false | there is a name below it",
        "zz | z @ A, @ a SOA | true | the last record leads back to the zone",
        "x.b | b z NS, @ a SOA | false | a delegation, so another zone has it",
        "x.b | b z A | true | nothing is below the name, and so no wildcard",
        "x.b | b z NS+SOA | true | the top of a zone is no delegation",
        "x.b | b z DNAME | false | an alias for all names below it",
        "x.b | b z DNAME+NS+SOA | false | that too"
      })
  void aNameIsDenied(String label, String records, boolean denied, String why) {
    assertEquals(denied, holds(label, Type.A, Rcode.NXDOMAIN, records), why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "www | A | * a AAAA, a z A | true | the wildcard has none",
        "www | A | * a A, a z A | false | the wildcard has one",
        "www | A | * a CNAME, a z A | false | the wildcard is an alias",
        "www | A | * a NS, a z A | false | the wildcard is a delegation",
        "www | A | * a AAAA | false | the name is not denied",
        "x.b | A | * a AAAA, b z A | false | the wildcard is too high",
        "x.b | A | *.b z AAAA, b *.b A | true | the record of the wildcard covers the name",
        "x.b | A | *.b a.b AAAA, y.b z A | false | one record ends before the name, one begins behind it",
        "x.b | A | *.b a.b AAAA, a.b z A | true | below the name that exists",
        "www | A | www z AAAA, * a A | true | the name itself has none",
        "www | A | www z A, * a A | false | the name itself has one",
        "www | A | www z CNAME, * a A | false | the name is an alias",
        "www | A | www z NS, * a A | false | the name is a delegation",
        "www | A | www z NS+SOA, * a A | true | the top of a zone is none",
        "www | DS | www z NS, * a DS | true | the zone above has no DS",
        "www | DS | www z NS+SOA, * a DS | false | the zone itself does not know",
        "www | A | v a.www A, * a A | true | there is only a name below it"
      })
  void aTypeIsDenied(String label, String type, String records, boolean denied, String why) {
    assertEquals(denied, holds(label, Type.value(type), Rcode.NOERROR, records), why);
  }

  /** dnsjava's validator has judged them. */
  @Test
  void withoutAWildcardATypeNeedsNoSecondLook() {
    assertTrue(holds("www", Type.A, Rcode.NOERROR, "b c A"));
  }

  /** NSEC3 proves it, and dnsjava's validator has judged that. */
  @Test
  void withoutNsecANameNeedsNoSecondLook() {
    String name = "www." + ZONE;
    Message denial = SignedZones.response(name, Type.A, Rcode.NXDOMAIN);
    denial.addRecord(SignedZones.soa(ZONE), Section.AUTHORITY);
    assertTrue(NsecProof.of(SignedZones.name(name), Type.A).holds(denial));
  }

  /** The signer of a zone that is not above the name, or whose next name is outside of it. */
  @Test
  void aZoneSpeaksForItsOwnNamesAlone() {
    SignedZones zones = new SignedZones().sign("test.").sign(ZONE).sign("a.bank.test.");
    String name = "www." + ZONE;
    NsecProof proof = NsecProof.of(SignedZones.name(name), Type.A);
    Message own = SignedZones.response(name, Type.A, Rcode.NXDOMAIN);
    zones.with(own, Section.AUTHORITY, ZONE, SignedZones.nsec(ZONE, "z." + ZONE, Type.SOA));
    assertTrue(proof.holds(own));
    Message below = SignedZones.response(name, Type.A, Rcode.NXDOMAIN);
    zones.with(
        below, Section.AUTHORITY, "a.bank.test.", SignedZones.nsec(ZONE, "z." + ZONE, Type.SOA));
    assertFalse(proof.holds(below), "signed by a zone that does not have the name");
    Message beyond = SignedZones.response(name, Type.A, Rcode.NXDOMAIN);
    zones.with(beyond, Section.AUTHORITY, ZONE, SignedZones.nsec(ZONE, "z.safe.test.", Type.SOA));
    assertFalse(proof.holds(beyond), "the next name is of another zone");
  }
}
