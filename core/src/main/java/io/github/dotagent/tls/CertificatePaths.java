package io.github.dotagent.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * The ways from a server's certificate to a trusted authority, by the names of issuers alone; the
 * JDK decides which of them is valid. The JDK's CertPathBuilder is not used: if the program has set
 * {@code com.sun.security.enableAIAcaIssuers}, it connects to servers that the certificate names,
 * even for an untrusted server. Immutable.
 */
final class CertificatePaths {
  /** Certificates in a path: JSSE's bound for a server's chain. */
  private static final int LONGEST = 10;

  /** Two authorities that signed each other give a handful of paths; more is an attack. */
  private static final int MOST = 16;

  private final Set<X509Certificate> anchors;
  private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();

  CertificatePaths(List<X509Certificate> anchors) {
    this.anchors = Collections.unmodifiableSet(new HashSet<>(anchors));
    for (X509Certificate anchor : anchors) {
      X500Principal subject = anchor.getSubjectX500Principal();
      List<X509Certificate> same = bySubject.get(subject);
      if (same == null) {
        same = new ArrayList<>(1);
        bySubject.put(subject, same);
      }
      same.add(anchor);
    }
  }

  /**
   * The paths, the shortest first. In each, the leaf comes first and the trusted certificate last.
   * A leaf that is trusted itself is a whole path.
   *
   * @param presented the server's own first; the rest in any order, and of any kind
   */
  List<List<X509Certificate>> of(List<X509Certificate> presented) {
    List<List<X509Certificate>> complete = new ArrayList<>();
    List<List<X509Certificate>> open = new ArrayList<>();
    open.add(Collections.singletonList(presented.get(0)));
    for (int length = 1; length <= LONGEST && !open.isEmpty(); length++) {
      List<List<X509Certificate>> longer = new ArrayList<>();
      for (List<X509Certificate> path : open) {
        X509Certificate last = path.get(path.size() - 1);
        if (anchors.contains(last)) {
          complete.add(path);
          continue;
        }
        for (X509Certificate anchor : anchorsOf(last)) {
          complete.add(with(path, anchor));
        }
        for (X509Certificate next : presented) {
          if (longer.size() < MOST
              && next.getSubjectX500Principal().equals(last.getIssuerX500Principal())
              && !path.contains(next)
              && !anchors.contains(next)) {
            longer.add(with(path, next));
          }
        }
      }
      open = longer;
    }
    return complete.size() > MOST ? complete.subList(0, MOST) : complete;
  }

  private List<X509Certificate> anchorsOf(X509Certificate signed) {
    List<X509Certificate> found = bySubject.get(signed.getIssuerX500Principal());
    return found == null ? Collections.<X509Certificate>emptyList() : found;
  }

  private static List<X509Certificate> with(List<X509Certificate> path, X509Certificate next) {
    List<X509Certificate> longer = new ArrayList<>(path.size() + 1);
    longer.addAll(path);
    longer.add(next);
    return longer;
  }
}
