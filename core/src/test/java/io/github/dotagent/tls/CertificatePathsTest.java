package io.github.dotagent.tls;

import static io.github.dotagent.tls.TestCertificate.named;
import static io.github.dotagent.tls.TestCertificate.root;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ways from a leaf to a trusted authority: all of them, the shortest first, and bounded. */
class CertificatePathsTest {
  private static final int MOST = 16;
  private static final int LONGEST = 10;

  private static final TestCertificate ROOT = root("Root");

  private static List<X509Certificate> path(TestCertificate... leafFirst) {
    return List.of(TestCertificate.chain(leafFirst));
  }

  private static List<List<X509Certificate>> paths(
      List<X509Certificate> anchors, TestCertificate... presented) {
    return new CertificatePaths(anchors).of(path(presented));
  }

  @Test
  void aTrustedLeafIsAPath() {
    TestCertificate leaf = named("leaf").signedBy(ROOT);
    assertEquals(List.of(path(leaf)), paths(path(leaf), leaf));
  }

  @Test
  void theOrderAndOtherCertificatesDoNotMatter() {
    TestCertificate middle = named("Middle").authority().signedBy(ROOT);
    TestCertificate leaf = named("leaf").signedBy(middle);
    TestCertificate other = root("Other");
    assertEquals(List.of(path(leaf, middle, ROOT)), paths(path(ROOT), leaf, other, ROOT, middle));
  }

  @Test
  void anUnknownIssuerHasNoPath() {
    assertEquals(List.of(), paths(path(root("Other")), named("leaf").signedBy(ROOT), ROOT));
  }

  @Test
  void theShortestComesFirst() {
    TestCertificate old = root("Old");
    TestCertificate crossed = ROOT.signedAgainBy(old);
    TestCertificate leaf = named("leaf").signedBy(ROOT);
    assertEquals(
        List.of(path(leaf, ROOT), path(leaf, crossed, old)), paths(path(old, ROOT), leaf, crossed));
  }

  @Test
  void twoAuthoritiesOfOneNameAreBothTried() {
    TestCertificate namesake = root("Root");
    TestCertificate leaf = named("leaf").signedBy(ROOT);
    assertEquals(
        List.of(path(leaf, ROOT), path(leaf, namesake)), paths(path(ROOT, namesake), leaf));
  }

  @Test
  void authoritiesThatSignedEachOtherAreNoCircle() {
    TestCertificate one = root("One");
    TestCertificate two = root("Two");
    TestCertificate leaf = named("leaf").signedBy(one);
    assertEquals(
        List.of(), paths(path(ROOT), leaf, one.signedAgainBy(two), two.signedAgainBy(one)));
  }

  @Test
  void aPathHasTenCertificatesOfTheServersAtMost() {
    assertEquals(1, paths(path(ROOT), line(LONGEST)).size());
    assertEquals(0, paths(path(ROOT), line(LONGEST + 1)).size());
  }

  /** The leaf first, and each signed by the next; the last by the root. */
  private static TestCertificate[] line(int length) {
    TestCertificate[] line = new TestCertificate[length];
    TestCertificate signer = ROOT;
    for (int i = length - 1; i >= 0; i--) {
      line[i] = named("c" + i).authority().signedBy(signer);
      signer = line[i];
    }
    return line;
  }

  @Test
  void moreThanSixteenPathsAreNotTried() {
    List<X509Certificate> anchors = new ArrayList<>();
    for (int i = 0; i <= MOST; i++) {
      anchors.add(root("Root").certificate());
    }
    TestCertificate leaf = named("leaf").signedBy(ROOT);
    assertEquals(MOST, paths(anchors, leaf).size());
    assertEquals(MOST, paths(anchors.subList(0, MOST), leaf).size());
  }

  @Test
  void moreThanSixteenWaysAreNotFollowed() {
    TestCertificate[] presented = new TestCertificate[MOST + 2];
    presented[0] = named("leaf").signedBy(root("Middle"));
    for (int i = 1; i < presented.length; i++) {
      presented[i] = named("Middle").authority().signedBy(ROOT);
    }
    assertEquals(MOST, paths(path(ROOT), presented).size());
  }
}
