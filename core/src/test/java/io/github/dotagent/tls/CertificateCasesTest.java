package io.github.dotagent.tls;

import static io.github.dotagent.tls.TestCertificate.ecKey;
import static io.github.dotagent.tls.TestCertificate.key;
import static io.github.dotagent.tls.TestCertificate.named;
import static io.github.dotagent.tls.TestCertificate.root;
import static org.bouncycastle.asn1.x509.KeyPurposeId.anyExtendedKeyUsage;
import static org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_OCSPSigning;
import static org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_clientAuth;
import static org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_emailProtection;
import static org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_serverAuth;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.net.Socket;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Certificates of every kind, each with the verdict wanted and where that is said: shown in a
 * handshake of TLS 1.2 and of 1.3, and looked at again as those of a session that is resumed.
 */
class CertificateCasesTest {
  private static final String NAME = "dns.example";
  private static final Instant ENDED = Instant.parse("2002-02-02T00:00:00Z");
  private static final Instant LATER = Instant.parse("2899-01-01T00:00:00Z");

  /** Far from the time of day, by which the JDK judges: what ends between the two ends for us. */
  private static final Instant NOW = Instant.parse("2600-01-01T00:00:00Z");

  private static final String MISMATCH = "name mismatch (";
  private static final String UNKNOWN = "certificate of an unknown authority (issued by ";
  private static final String EXPIRED = "certificate expired (";
  private static final String EARLY = "certificate not yet valid by this machine's clock (";
  private static final String REFUSED = "certificate not accepted (";
  private static final String ANY = "certificate ";

  private static final TestCertificate ROOT = root("Root");
  private static final TestCertificate MIDDLE = named("Middle").authority().signedBy(ROOT);
  private static final KeyPair RSA_2048 = key("RSA", 2048);
  private static final KeyPair RSA_1024 = key("RSA", 1024);
  private static final TestCertificate RSA_ROOT =
      named("RSA root", RSA_2048).authority().selfSigned();
  private static final ASN1ObjectIdentifier UNHEARD_OF =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

  private final List<DynamicTest> cases = new ArrayList<>();

  @TestFactory
  List<DynamicTest> eachCase() {
    names();
    wildcards();
    addresses();
    times();
    purposes();
    authorities();
    paths();
    keys();
    signatures();
    assertTrue(cases.size() >= 60, "cases: " + cases.size());
    return cases;
  }

  private void names() {
    String source = "RFC 9525 §6.3";
    believed("the name", source, NAME, leaf().host(NAME));
    believed("the name in capitals", source, NAME, leaf().host("DNS.Example"));
    believed(
        "the second of three names", source, NAME, leaf().host("a.example").host(NAME).host("b"));
    believed("a name of one label", source, "resolver", leaf().host("resolver"));
    believed("an A-label", source, "xn--fa-hia.example", leaf().host("xn--fa-hia.example"));
    refused("another name", source, MISMATCH, leaf().host("other.example"));
    refused("a longer name", source, MISMATCH, leaf().host("dns.example.com"));
    refused("a shorter name", source, MISMATCH, leaf().host("example"));
    refused("a name below it", source, MISMATCH, leaf().host("a.dns.example"));
    refused("a zero octet in it", source, MISMATCH, leaf().host("dns.example\u0000.evil.example"));
    refused("a common name alone", "RFC 9525 §2, RFC 8310 §8.1", MISMATCH, named(NAME));
    refused(
        "a common name beside an address",
        "RFC 9525 §2",
        MISMATCH,
        named(NAME).address("192.0.2.1"));
    refused(
        "a name as mail address and URI",
        "RFC 9525 §6.2",
        MISMATCH,
        leaf()
            .name(GeneralName.rfc822Name, "a@dns.example")
            .name(GeneralName.uniformResourceIdentifier, "https://dns.example/"));
  }

  private void wildcards() {
    String source = "RFC 9525 §6.3";
    believed("a wildcard", source, "one.wild.example", leaf().host("*.wild.example"));
    believed("a wildcard in capitals", source, "one.wild.example", leaf().host("*.WILD.example"));
    believed(
        "a wildcard for an A-label",
        source,
        "xn--fa-hia.wild.example",
        leaf().host("*.wild.example"));
    refused("for two labels", source, MISMATCH, "a.b.wild.example", leaf().host("*.wild.example"));
    refused("for none", source, MISMATCH, "wild.example", leaf().host("*.wild.example"));
    for (String part : List.of("o*e", "*ne", "o*", "**", "o*e*")) {
      String pattern = part + ".wild.example";
      refused("in part: " + pattern, source, MISMATCH, "one.wild.example", leaf().host(pattern));
    }
    for (String pattern :
        List.of("one.*.example", "one.wild.*", "*.*.example", "*.*", "one.w*d.example")) {
      refused("within: " + pattern, source, MISMATCH, "one.wild.example", leaf().host(pattern));
    }
    refused(
        "a part of an A-label",
        source,
        MISMATCH,
        "xn--fa-hia.wild.example",
        leaf().host("xn--*.wild.example"));
    String suffix = "RFC 9525 §7.1";
    refused("alone", suffix, MISMATCH, "resolver", leaf().host("*"));
    refused("below one label", suffix, MISMATCH, NAME, leaf().host("*.example"));
    refused("below com", suffix, MISMATCH, "dns.com", leaf().host("*.com"));
    String asTheJdk = "as the JDK, whose list is for public authorities";
    believed("below co.uk", asTheJdk, "dns.co.uk", leaf().host("*.co.uk"));
  }

  private void addresses() {
    String source = "RFC 9525 §6.5, RFC 8310 §8.1";
    believed("IPv4", source, "192.0.2.1", leaf().address("192.0.2.1"));
    believed("IPv6", source, "2001:db8::1", leaf().address("2001:db8::1"));
    believed("IPv6 in full", source, "2001:db8:0:0:0:0:0:1", leaf().address("2001:db8::1"));
    refused("another address", source, MISMATCH, "192.0.2.1", leaf().address("192.0.2.2"));
    refused("an address as a name", source, MISMATCH, "192.0.2.1", leaf().host("192.0.2.1"));
    refused("an address by wildcard", source, MISMATCH, "192.0.2.1", leaf().host("*.0.2.1"));
    refused("an address for a name", source, MISMATCH, NAME, leaf().address("192.0.2.1"));
    refused("a name for an address", source, MISMATCH, "192.0.2.1", leaf().host(NAME));
  }

  private void times() {
    String source = "RFC 5280 §4.1.2.5";
    refused("ended", source, EXPIRED, good().validUntil(ENDED));
    refused("not begun", source, EARLY, good().validFrom(LATER));
    refused("ended a second ago", source, EXPIRED, good().validUntil(NOW.minusSeconds(1)));
    believed("ends in a second", source, NAME, good().validUntil(NOW.plusSeconds(1)));
    refused("begins in a second", source, EARLY, good().validFrom(NOW.plusSeconds(1)));
    TestCertificate old = named("Old").authority().validUntil(ENDED).signedBy(ROOT);
    refused(
        "an intermediate that has ended", source, EXPIRED, NAME, ROOT, good().signedBy(old), old);
    String authority = "RFC 5280 §6.1 leaves it open; here an end is one";
    TestCertificate ended = named("Ended").authority().validUntil(ENDED).selfSigned();
    refused("an authority that has ended", authority, EXPIRED, NAME, ended, good().signedBy(ended));
    TestCertificate early = named("Early").authority().validFrom(LATER).selfSigned();
    refused("an authority not begun", authority, EARLY, NAME, early, good().signedBy(early));
    String trusted = "RFC 8310 §8.1: trust in a certificate ends with it";
    TestCertificate own = good().validUntil(ENDED).selfSigned();
    refused("ended, and in the trust store", trusted, EXPIRED, NAME, own, own);
    TestCertificate signed = good().validUntil(ENDED).signedBy(MIDDLE);
    refused("the same, by an authority", trusted, EXPIRED, NAME, signed, signed, MIDDLE);
  }

  private void purposes() {
    String source = "RFC 5280 §4.2.1.12";
    believed("for servers", source, NAME, good().purpose(id_kp_serverAuth));
    believed("for both", source, NAME, good().purpose(id_kp_clientAuth, id_kp_serverAuth));
    believed("for anything", source, NAME, good().purpose(anyExtendedKeyUsage));
    refused("for clients", source, ANY, good().purpose(id_kp_clientAuth));
    refused("for mail", source, ANY, good().purpose(id_kp_emailProtection));
    refused("for OCSP", source, ANY, good().purpose(id_kp_OCSPSigning));
    TestCertificate clients = good().purpose(id_kp_clientAuth).selfSigned();
    refused("for clients, and in the trust store", source, REFUSED, NAME, clients, clients);
    String usage = "RFC 5280 §4.2.1.3, RFC 8446 §4.4.2.2";
    believed("a key to sign", usage, NAME, good().usage(KeyUsage.digitalSignature));
    refused("a key to encipher", usage, ANY, goodRsa().usage(KeyUsage.keyEncipherment));
    refused("a key to agree", usage, ANY, good().usage(KeyUsage.keyAgreement));
    TestCertificate signsOnly = good().usage(KeyUsage.keyCertSign).selfSigned();
    refused("a key for certificates, trusted", usage, REFUSED, NAME, signsOnly, signsOnly);
    String critical = "RFC 5280 §4.2";
    refused(
        "a critical extension",
        critical,
        ANY,
        good().extension(UNHEARD_OF, true, DERNull.INSTANCE));
    believed(
        "one that is not", critical, NAME, good().extension(UNHEARD_OF, false, DERNull.INSTANCE));
    TestCertificate odd = good().extension(UNHEARD_OF, true, DERNull.INSTANCE).selfSigned();
    refused("a critical one, trusted", critical, REFUSED, NAME, odd, odd);
  }

  private void authorities() {
    String source = "RFC 5280 §6.1.4";
    TestCertificate evil = named("evil").host("evil.example").signedBy(MIDDLE);
    refused("signed by a server", source, ANY, NAME, ROOT, good().signedBy(evil), evil, MIDDLE);
    TestCertificate noSigner =
        named("No signer").authority().usage(KeyUsage.cRLSign).signedBy(ROOT);
    refused("an authority for CRLs", source, ANY, NAME, ROOT, good().signedBy(noSigner), noSigner);
    TestCertificate last =
        named("Last")
            .extension(Extension.basicConstraints, true, new BasicConstraints(0))
            .signedBy(ROOT);
    TestCertificate below = named("Below").authority().signedBy(last);
    refused("a path too long", source, ANY, NAME, ROOT, good().signedBy(below), below, last);
    believed("a path long enough", source, NAME, ROOT, good().signedBy(last), last);
    TestCertificate limited = constrained("dns.example");
    believed(
        "a name within its constraints", source, NAME, ROOT, good().signedBy(limited), limited);
    TestCertificate others = constrained("other.example");
    refused("a name outside", source, ANY, NAME, ROOT, good().signedBy(others), others);
    String trusted = "RFC 5937 §3, OpenSSL";
    TestCertificate ownRoot = limitedTo("dns.example").selfSigned();
    believed("a name within its root's", trusted, NAME, ownRoot, good().signedBy(ownRoot));
    TestCertificate othersRoot = limitedTo("other.example").selfSigned();
    refused(
        "a name outside its root's", trusted, ANY, NAME, othersRoot, good().signedBy(othersRoot));
    TestCertificate belowIt = named("Below it").authority().signedBy(othersRoot);
    refused(
        "two below that root", trusted, ANY, NAME, othersRoot, good().signedBy(belowIt), belowIt);
    refused(
        "outside a trusted intermediate's", trusted, ANY, NAME, others, good().signedBy(others));
    TestCertificate lastRoot =
        named("Last root")
            .extension(Extension.basicConstraints, true, new BasicConstraints(0))
            .selfSigned();
    believed("a root for leaves alone", trusted, NAME, lastRoot, good().signedBy(lastRoot));
    TestCertificate tooDeep = named("Too deep").authority().signedBy(lastRoot);
    refused(
        "an authority below it", trusted, ANY, NAME, lastRoot, good().signedBy(tooDeep), tooDeep);
    TestCertificate old = named("One").versionOne().signedBy(ROOT);
    refused("an intermediate of version 1", source, ANY, NAME, ROOT, good().signedBy(old), old);
    TestCertificate oldRoot = named("Old root").versionOne().selfSigned();
    believed("an authority of version 1", "as the JDK", NAME, oldRoot, good().signedBy(oldRoot));
    TestCertificate noAuthority = named("None").selfSigned();
    refused(
        "trusted, and no authority", source, ANY, NAME, noAuthority, good().signedBy(noAuthority));
    TestCertificate clientsOnly =
        named("Clients").authority().purpose(id_kp_clientAuth).signedBy(ROOT);
    believed(
        "an authority for clients",
        "as the JDK; RFC 5280 §4.2.1.12 speaks of end entities",
        NAME,
        ROOT,
        good().signedBy(clientsOnly),
        clientsOnly);
  }

  private void paths() {
    String source = "RFC 5280 §6.1, RFC 8446 §4.4.2";
    TestCertificate upper = named("Upper").authority().signedBy(ROOT);
    TestCertificate lower = named("Lower").authority().signedBy(upper);
    TestCertificate leaf = good().signedBy(lower);
    believed("in order", source, NAME, ROOT, leaf, lower, upper);
    believed("with the root", source, NAME, ROOT, leaf, lower, upper, ROOT);
    believed("in disorder", source, NAME, ROOT, leaf, upper, lower);
    believed("with others", source, NAME, ROOT, leaf, root("Other"), lower, upper, MIDDLE);
    believed("to an intermediate", source, NAME, upper, leaf, lower);
    refused("a gap", source, UNKNOWN, NAME, ROOT, leaf, upper);
    refused("nothing but itself", source, UNKNOWN, NAME, ROOT, leaf);
    TestCertificate stranger = root("Stranger");
    refused("a stranger", source, UNKNOWN, NAME, ROOT, good().signedBy(stranger), stranger);
    TestCertificate impostor = root("Root");
    refused("a stranger of the same name", source, UNKNOWN, NAME, ROOT, good().signedBy(impostor));
    TestCertificate self = good().selfSigned();
    refused("signed by itself", source, UNKNOWN, NAME, ROOT, self);
    believed("signed by itself, and trusted", source, NAME, self, self);
    TestCertificate endedRoot = named("Ended root").authority().validUntil(ENDED).selfSigned();
    TestCertificate crossed = endedRoot.signedAgainBy(ROOT);
    TestCertificate both = good().signedBy(endedRoot);
    judge(
        "two ways, one of them ended", source, null, NAME, List.of(endedRoot, ROOT), both, crossed);
    refused("a forged signature", source, ANY, NAME, ROOT, good().signedBy(forger()));
  }

  private void keys() {
    String source = "RFC 9325 §4.5, RFC 8310 §9";
    believed("RSA 2048", source, NAME, goodRsa());
    believed("P-384", source, NAME, named("x", ecKey("secp384r1")).host(NAME));
    believed("Ed25519", source, NAME, named("x", key("Ed25519", 0)).host(NAME));
    refused("RSA 1024", source, ANY, named("x", RSA_1024).host(NAME));
    refused("RSA 512", source, ANY, named("x", key("RSA", 512)).host(NAME));
    refused("DSA", source, ANY, named("x", key("DSA", 2048)).host(NAME));
    TestCertificate small = named("x", RSA_1024).host(NAME).selfSigned();
    refused("RSA 1024, trusted", source, REFUSED, NAME, small, small);
    TestCertificate smallRoot = named("Small", RSA_1024).authority().selfSigned();
    refused("an authority of RSA 1024", source, ANY, NAME, smallRoot, good().signedBy(smallRoot));
    TestCertificate smallMiddle = named("Small", RSA_1024).authority().signedBy(ROOT);
    refused(
        "an intermediate of RSA 1024",
        source,
        ANY,
        NAME,
        ROOT,
        good().signedBy(smallMiddle),
        smallMiddle);
  }

  private void signatures() {
    String source = "RFC 9155, RFC 9325 §4.1, RFC 6194";
    for (String weak : List.of("SHA1withRSA", "MD5withRSA", "SHA1withRSAandMGF1")) {
      refused(weak, source, ANY, NAME, RSA_ROOT, good().signature(weak).signedBy(RSA_ROOT));
    }
    refused("SHA1withECDSA", source, REFUSED, good().signature("SHA1withECDSA"));
    for (String strong : List.of("SHA384withRSA", "SHA512withRSA", "SHA256withRSAandMGF1")) {
      believed(strong, source, NAME, RSA_ROOT, good().signature(strong).signedBy(RSA_ROOT));
    }
    TestCertificate weak = named("Weak").authority().signature("SHA1withECDSA").signedBy(ROOT);
    refused("an intermediate by SHA-1", source, ANY, NAME, ROOT, good().signedBy(weak), weak);
    TestCertificate weakRoot =
        named("Weak root").authority().signature("SHA1withECDSA").selfSigned();
    String own = "its own signature proves nothing: it is trusted as it is";
    believed("an authority by SHA-1", own, NAME, weakRoot, good().signedBy(weakRoot));
    TestCertificate trusted = good().signature("SHA1withECDSA").selfSigned();
    believed("by SHA-1, and in the trust store", own, NAME, trusted, trusted);
  }

  /** The digest of the mask is not the signature's, which is SHA-1 where it is left out. */
  @Test
  void theDigestOfPss() {
    String sha256 = "300d06096086480165030402010500";
    String sha1 = "300906052b0e03021a0500";
    String mask = "a11c301a06092a864886f70d010108300d06096086480165030402010500";
    assertTrue(isOverSha2("302f" + "a00f" + sha256 + mask));
    assertTrue(isOverSha2("3011" + "a00f" + sha256));
    assertFalse(isOverSha2("301e" + mask));
    assertFalse(isOverSha2("302b" + "a00b" + sha1 + mask));
    assertFalse(isOverSha2("3000"));
    assertFalse(isOverSha2("30"));
    assertFalse(isOverSha2(""));
    assertFalse(isOverSha2("3011a00f300d0609608648016503040204" + "0500"), "SHA-224");
    assertFalse(CertificateRules.isOverSha2(null));
  }

  private static boolean isOverSha2(String parameters) {
    return CertificateRules.isOverSha2(HexFormat.of().parseHex(parameters));
  }

  private static TestCertificate.Builder leaf() {
    return named("x");
  }

  private static TestCertificate.Builder good() {
    return named("x").host(NAME);
  }

  private static TestCertificate.Builder goodRsa() {
    return named("x", RSA_2048).host(NAME);
  }

  /** The trusted one's name and identifier, and another key. */
  private static TestCertificate forger() {
    return new TestCertificate(ROOT.certificate(), ecKey("secp256r1"));
  }

  private static TestCertificate constrained(String domain) {
    return limitedTo(domain).signedBy(ROOT);
  }

  private static TestCertificate.Builder limitedTo(String domain) {
    GeneralSubtree subtree = new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain));
    NameConstraints constraints = new NameConstraints(new GeneralSubtree[] {subtree}, null);
    return named("Limited to " + domain)
        .authority()
        .extension(Extension.nameConstraints, true, constraints);
  }

  private void believed(String what, String source, String peer, TestCertificate.Builder leaf) {
    judge(what, source, null, peer, List.of(ROOT), leaf.signedBy(MIDDLE), MIDDLE);
  }

  private void believed(
      String what, String source, String peer, TestCertificate anchor, TestCertificate... chain) {
    judge(what, source, null, peer, List.of(anchor), chain);
  }

  private void refused(String what, String source, String reason, TestCertificate.Builder leaf) {
    refused(what, source, reason, NAME, leaf);
  }

  private void refused(
      String what, String source, String reason, String peer, TestCertificate.Builder leaf) {
    judge(what, source, reason, peer, List.of(ROOT), leaf.signedBy(MIDDLE), MIDDLE);
  }

  private void refused(
      String what,
      String source,
      String reason,
      String peer,
      TestCertificate anchor,
      TestCertificate... chain) {
    judge(what, source, reason, peer, List.of(anchor), chain);
  }

  private void judge(
      String what,
      String source,
      String reason,
      String peer,
      List<TestCertificate> anchors,
      TestCertificate... chain) {
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      String name = what + ", " + version + (reason == null ? ": " : ": refused, ") + source;
      cases.add(dynamicTest(name, () -> assertVerdict(reason, peer, version, anchors, chain)));
    }
    String resumed = what + ", resumed" + (reason == null ? ": " : ": refused, ") + source;
    cases.add(dynamicTest(resumed, () -> assertVerdict(reason, peer, null, anchors, chain)));
  }

  /**
   * @param version null: a session that is resumed
   */
  private static void assertVerdict(
      String reason,
      String peer,
      String version,
      List<TestCertificate> anchors,
      TestCertificate... chain)
      throws Exception {
    PinCheck noPins = new PinCheck(Set.of(), PinMode.ENFORCE, new RecordedLog());
    ServerTrust trust =
        ServerTrust.byNameAndPins(
            Anchors.of(anchors.toArray(new TestCertificate[0])),
            noPins,
            JdkProviders.ofThisJvm(),
            NOW::toEpochMilli);
    String said = null;
    try {
      if (version == null) {
        trust.checkResumed(TestCertificate.chain(chain), peer);
      } else {
        boolean rsa = chain[0].key().getPublic().getAlgorithm().equals("RSA");
        String type = version.equals("TLSv1.3") ? "UNKNOWN" : rsa ? "ECDHE_RSA" : "ECDHE_ECDSA";
        trust.checkServerTrusted(
            TestCertificate.chain(chain), type, (Socket) new HandshakeSocket(peer, version));
      }
    } catch (CertificateException refused) {
      said = refused.getMessage();
    }
    if (reason == null) {
      assertEquals(null, said);
    } else {
      assertTrue(said != null && said.startsWith(reason), said);
    }
  }
}
