package io.github.dotagent.it.certificates;

import io.github.dotagent.it.certificates.CertificateText.Signed;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table {@code certificate-cases.txt}, with certificates as it says. Immutable. */
record CertificateCases(List<Case> cases, Set<X509Certificate> trusted) {
  private static final String FILE = "/certificate-cases.txt";
  static final String BELIEVED = "believed";
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
  private static final Pattern ELSEWHERE = Pattern.compile(" \\[([^:\\]]+): ([^\\]]*)\\]");

  /**
   * One line.
   *
   * @param server the authentication name, or the address of a server without one
   * @param verdict as in the table
   */
  record Case(String name, String server, ServerCertificate shown, String verdict, String source) {
    boolean isByAddress() {
      return ADDRESS.matcher(server).matches();
    }

    /** {@link #BELIEVED}, or how the reason for its refusal begins. */
    String wanted(int java, String tlsVersion) {
      Matcher elsewhere = ELSEWHERE.matcher(verdict);
      String wanted = elsewhere.replaceAll("");
      elsewhere.reset();
      while (elsewhere.find()) {
        boolean here = true;
        for (String where : elsewhere.group(1).split(" ")) {
          here &= where.equals(String.valueOf(java)) || tlsVersion.equals("TLSv" + where);
        }
        wanted = here ? elsewhere.group(2) : wanted;
      }
      return wanted;
    }
  }

  /** With new keys and times. */
  static CertificateCases read() {
    Map<String, Signed> named = new HashMap<>();
    Set<X509Certificate> trusted = new LinkedHashSet<>();
    List<Case> cases = new ArrayList<>();
    for (String line : lines()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split(" \\| ", -1);
      if (cells.length == 1) {
        int colon = line.indexOf(':');
        String name = line.substring(0, colon);
        if (named.put(name, CertificateText.sign(name, line.substring(colon + 1), named)) != null) {
          throw new AssertionError("twice: " + name);
        }
      } else if (cells.length == 6) {
        for (String anchor : cells[2].split(", ")) {
          trusted.add(named.get(anchor).certificate());
        }
        cases.add(
            new Case(cells[0], cells[1], shown(cells[0], cells[3], named), cells[4], cells[5]));
      } else {
        throw new AssertionError("neither a certificate nor a case: " + line);
      }
    }
    return new CertificateCases(List.copyOf(cases), trusted);
  }

  private static ServerCertificate shown(String name, String chain, Map<String, Signed> named) {
    List<X509Certificate> certificates = new ArrayList<>();
    Signed leaf = null;
    for (String each : chain.split(", ")) {
      Signed signed = named.get(each);
      if (signed == null) {
        signed = CertificateText.sign("shown", each, named);
      }
      leaf = leaf == null ? signed : leaf;
      certificates.add(signed.certificate());
    }
    if (leaf == null) {
      throw new AssertionError(name + " shows nothing");
    }
    return new ServerCertificate(leaf.key(), certificates);
  }

  private static List<String> lines() {
    try (InputStream in = CertificateCases.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
