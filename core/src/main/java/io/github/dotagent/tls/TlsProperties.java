package io.github.dotagent.tls;

import io.github.dotagent.net.TerminalText;
import java.security.Security;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The system and security properties by which a program, or its command line, restricts the TLS of
 * the whole JVM. JSSE reads most of them once, in the initialiser of a class, and no connection can
 * use more than they allow. If {@link Handshake} can override a property for its own connections,
 * the property is no problem and not reported.
 */
public final class TlsProperties {
  /** The groups of servers in use: RFC 8446 §9.1 demands the second, and most prefer the first. */
  private static final List<String> GROUPS = Arrays.asList("x25519", "secp256r1");

  /** The signature schemes of a TLS 1.3 server (RFC 8446 §9.1). */
  private static final List<String> SCHEMES =
      Arrays.asList("ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256");

  /** Without one of these, a server with such a key or certificate cannot be reached. */
  private static final List<String> SIGNATURES =
      Arrays.asList(
          "ecdsa_secp256r1_sha256",
          "ecdsa_secp384r1_sha384",
          "rsa_pss_rsae_sha256",
          "rsa_pkcs1_sha256");

  /**
   * Without one of these there is no TLS 1.3, or the server chooses something that the agent cannot
   * check.
   */
  private static final List<String> EXTENSIONS =
      Arrays.asList(
          "supported_groups",
          "signature_algorithms",
          "supported_versions",
          "key_share",
          "server_name");

  /** The JDK's own bound of a handshake message; a chain of certificates is one. */
  private static final int USUAL_MESSAGE = 32_768;

  /** The words of an entry of jdk.tls.keyLimits, as java.security describes it. */
  private static final int KEY_LIMIT_WORDS = 3;

  /** A leaf and two intermediates are not rare. */
  private static final int LEAST_CHAIN = 3;

  /**
   * RFC 9325 §4.5. Nearly every server's key has this size, so a higher minimum excludes all of
   * them.
   */
  private static final int RSA_BITS = 2048;

  /** The same section: P-256 is the smallest curve. */
  private static final int EC_BITS = 256;

  /**
   * Names in jdk.tls.disabledAlgorithms and jdk.certpath.disabledAlgorithms that disable algorithms
   * of servers in use. The JDK splits the names of algorithms: {@code SHA256} is in
   * SHA256withECDSA.
   */
  private static final List<String> NEEDED =
      Arrays.asList(
          "TLSV1.3",
          "TLSV1.2",
          "ECDHE",
          "EC",
          "ECDSA",
          "RSA",
          "RSASSA-PSS",
          "AES",
          "GCM",
          "AES_128_GCM",
          "AES_256_GCM",
          "AES_128",
          "AES_256",
          "SHA256",
          "SHA-256",
          "SHA384",
          "SHA-384",
          "SHA256WITHECDSA",
          "SHA256WITHRSA",
          "ECDHE_ECDSA",
          "ECDHE_RSA",
          "X25519",
          "SECP256R1");

  /** The text for the log at the start, and for the message of a failed handshake. */
  public static final String NARROWED = "this JVM's TLS is restricted by ";

  /** The constraints of an entry that concern a server. */
  private static final List<String> USAGES =
      Arrays.asList("TLSSERVER", "HANDSHAKESIGNATURE", "CERTIFICATESIGNATURE");

  private final Function<String, String> system;
  private final Function<String, String> security;
  private final Handshake.Settable settable;
  private final Optional<String> missing;
  private final LongSupplier epochMillis;

  /**
   * @param system a system property, null where it is not set
   * @param security a security property, the same
   * @param settable the parameters that this Java can set for one connection
   * @param missing the missing part of this Java, if any
   * @param epochMillis the wall clock, by which an algorithm may be denied
   */
  TlsProperties(
      Function<String, String> system,
      Function<String, String> security,
      Handshake.Settable settable,
      Optional<String> missing,
      LongSupplier epochMillis) {
    this.system = system;
    this.security = security;
    this.settable = settable;
    this.missing = missing;
    this.epochMillis = epochMillis;
  }

  static TlsProperties ofThisJvm() {
    return new TlsProperties(
        new Function<String, String>() {
          @Override
          public String apply(String name) {
            return System.getProperty(name);
          }
        },
        new Function<String, String>() {
          @Override
          public String apply(String name) {
            return Security.getProperty(name);
          }
        },
        Handshake.Settable.ofThisJava(),
        EllipticCurves.missing(),
        new LongSupplier() {
          @Override
          public long getAsLong() {
            return System.currentTimeMillis();
          }
        });
  }

  /** One text for each problem: the property, and what to do. */
  List<String> inTheWay() {
    List<String> found = new ArrayList<>();
    if (missing.isPresent()) {
      found.add("its lack of a module: " + missing.get());
    }
    addGroups(found);
    addList(
        found,
        "jdk.tls.client.SignatureSchemes",
        settable.signatureSchemes() ? Collections.<String>emptyList() : SCHEMES);
    addBelow(found, "jdk.tls.maxHandshakeMessageSize", USUAL_MESSAGE);
    addBelow(found, "jdk.tls.maxCertificateChainLength", LEAST_CHAIN);
    addBelow(found, "jdk.tls.client.maxInboundCertificateChainLength", LEAST_CHAIN);
    addExtensions(found);
    addFalse(
        found,
        "jsse.enableSNIExtension",
        "a server with several names does not know which one is meant");
    addFalse(found, "com.sun.net.ssl.enableECC", "no elliptic curves are left");
    addFalse(
        found, "sun.security.ssl.allowLegacyHelloMessages", "servers without RFC 5746 are refused");
    addFalse(
        found, "jdk.tls.allowLegacyMasterSecret", "TLS 1.2 servers without RFC 7627 are refused");
    addKeyLimits(found);
    found.addAll(certificates());
    return found;
  }

  /** JSSE splits each entry into three words, and its class cannot be made of fewer. */
  private void addKeyLimits(List<String> found) {
    String name = "jdk.tls.keyLimits";
    String value = read(security, name);
    for (String entry : value == null ? new String[0] : value.split(",", -1)) {
      if (spaced(entry).size() != KEY_LIMIT_WORDS) {
        found.add(set(name, value) + " (write ALGORITHM KeyUpdate OCTETS, or remove it)");
        return;
      }
    }
  }

  /** Only those that concern certificates. */
  List<String> certificates() {
    List<String> found = new ArrayList<>();
    addDisabled(found, "jdk.tls.disabledAlgorithms");
    addDisabled(found, "jdk.certpath.disabledAlgorithms");
    addDisabled(found, "jdk.disabled.namedCurves");
    return found;
  }

  /** All in one text, for the end of a message about a connection; empty if there are none. */
  static String told(List<String> inTheWay) {
    return inTheWay.isEmpty() ? "" : "; " + NARROWED + String.join("; ", inTheWay);
  }

  /**
   * If none of them is known, JSSE's class cannot even be initialised, and no connection can help.
   */
  private void addGroups(List<String> found) {
    String name = "jdk.tls.namedGroups";
    String value = read(system, name);
    List<String> given = value == null ? Collections.<String>emptyList() : words(value);
    boolean unknown = Collections.disjoint(given, Handshake.GROUPS) && !hasFiniteField(given);
    if (!settable.namedGroups() || unknown) {
      addList(found, name, GROUPS);
    }
  }

  private static boolean hasFiniteField(List<String> groups) {
    for (String group : groups) {
      if (group.startsWith("ffdhe") || group.equals("x448")) {
        return true;
      }
    }
    return false;
  }

  /** A list that has none of the groups or schemes of servers. */
  private void addList(List<String> found, String name, List<String> wanted) {
    String value = read(system, name);
    if (value != null && !wanted.isEmpty() && !words(value).containsAll(wanted)) {
      found.add(set(name, value) + " (remove it, or add " + String.join(",", wanted) + ")");
    }
  }

  private void addBelow(List<String> found, String name, int usual) {
    String value = read(system, name);
    try {
      if (value != null && Integer.parseInt(value) < usual) {
        found.add(set(name, value) + " (remove it, or allow " + usual + ")");
      }
    } catch (NumberFormatException theJdkIgnoresIt) {
      // then its own bound holds
    }
  }

  private void addExtensions(List<String> found) {
    String name = "jdk.tls.client.disableExtensions";
    String value = read(system, name);
    if (value != null && !Collections.disjoint(words(value), EXTENSIONS)) {
      found.add(
          set(name, value)
              + " (remove it, or leave out the extensions that every handshake needs)");
    }
  }

  private void addFalse(List<String> found, String name, String consequence) {
    String value = read(system, name);
    if (value != null && value.equalsIgnoreCase("false")) {
      found.add(set(name, value) + " (remove it: " + consequence + ")");
    }
  }

  private void addDisabled(List<String> found, String name) {
    String value = read(security, name);
    for (String entry : value == null ? new String[0] : value.split(",", -1)) {
      String trimmed = unquoted(entry.trim());
      if (takesAway(trimmed)) {
        found.add(set(name, trimmed) + " (take this entry out of the security property)");
      }
    }
  }

  /**
   * An entry of the JDK's list (java.security, jdk.certpath.disabledAlgorithms): a name, and the
   * constraints under which it is disabled, with {@code &} between them. It is a problem if all of
   * them hold for a server in use.
   */
  private boolean takesAway(String entry) {
    String[] parts = entry.toUpperCase(Locale.ROOT).split("&", -1);
    List<String> first = spaced(parts[0]);
    if (first.isEmpty() || !isOfOurs(first.get(0))) {
      return false;
    }
    String algorithm = first.get(0);
    for (int i = 0; i < parts.length; i++) {
      List<String> constraint = i == 0 ? first.subList(1, first.size()) : spaced(parts[i]);
      boolean none = i == 0 && constraint.isEmpty();
      if (!none && !mayHold(algorithm, constraint)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfOurs(String algorithm) {
    return NEEDED.contains(algorithm) || isPatternOfOurs(algorithm) || isScheme(algorithm);
  }

  /** At the start, and so without {@code String.split}, which would compile a Pattern each time. */
  private static List<String> spaced(String text) {
    List<String> words = new ArrayList<>();
    for (StringTokenizer rest = new StringTokenizer(text); rest.hasMoreTokens(); ) {
      words.add(rest.nextToken());
    }
    return words;
  }

  private boolean mayHold(String algorithm, List<String> constraint) {
    switch (constraint.isEmpty() ? "" : constraint.get(0)) {
      case "KEYSIZE":
        return constraint.size() == 3
            && isOfUsualSize(algorithm, constraint.get(1), constraint.get(2));
      case "DENYAFTER":
        return constraint.size() == 2 && isPast(constraint.get(1));
      case "JDKCA":
        return true; // most servers' chains end in one that came with the JDK
      case "USAGE":
        return !Collections.disjoint(constraint.subList(1, constraint.size()), USAGES);
      default:
        return false; // the JDK refuses it, or it is newer than this class
    }
  }

  private static boolean isOfUsualSize(String algorithm, String operator, String bits) {
    List<Integer> sizes =
        algorithm.contains("EC")
            ? Arrays.asList(EC_BITS, 384, 521)
            : Arrays.asList(RSA_BITS, 3072, 4096);
    int limit;
    try {
      limit = Integer.parseInt(bits);
    } catch (NumberFormatException theJdkRefusesIt) {
      return false;
    }
    int least = sizes.get(0);
    int most = sizes.get(sizes.size() - 1);
    switch (operator) {
      case "<":
        return least < limit;
      case "<=":
        return least <= limit;
      case ">":
        return most > limit;
      case ">=":
        return most >= limit;
      case "==":
        return sizes.contains(limit);
      case "!=":
        return true;
      default:
        return false;
    }
  }

  /** Whether that day has begun, in UTC, as the JDK counts. */
  private boolean isPast(String date) {
    try {
      long day = LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      return epochMillis.getAsLong() > day;
    } catch (DateTimeException theJdkRefusesIt) {
      return false;
    }
  }

  /** Java 25 and later disable signature schemes by their name in TLS. */
  private static boolean isScheme(String algorithm) {
    return SIGNATURES.contains(algorithm.toLowerCase(Locale.ROOT));
  }

  /** Newer Javas know {@code TLS_ECDHE_*}. */
  private static boolean isPatternOfOurs(String entry) {
    String start = entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry;
    if (start.startsWith("TLS_")) { // and no stream: the first of a JVM takes milliseconds
      for (String suite : Handshake.SUITES) {
        if (start.equals(entry) ? suite.equals(start) : suite.startsWith(start)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String read(Function<String, String> source, String name) {
    String value;
    try {
      value = source.apply(name);
    } catch (SecurityException notForUs) { // a program's SecurityManager
      return null;
    }
    return value == null || value.trim().isEmpty() ? null : unquoted(value.trim());
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static List<String> words(String value) {
    List<String> words = new ArrayList<>();
    for (String word : value.split(",", -1)) {
      words.add(word.trim().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  private static String set(String name, String value) {
    return TerminalText.of(name + "=" + value);
  }
}
