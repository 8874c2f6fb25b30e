package io.github.dotagent.config;

import io.github.dotagent.net.HostName;
import io.github.dotagent.resolver.NamePolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The setting {@code system.suffixes}: how it is read, and its default. These names have a meaning
 * only in the machine's own network. An upstream could only answer that they do not exist, and
 * would learn the structure of the network.
 *
 * <p>The reverse zones are those of RFC 6303 §4 and RFC 7793 §3 that hold addresses of a network.
 * The documentation ranges of RFC 5737 and RFC 3849 are not among them: no network has them.
 */
public final class SystemSuffixes {
  private static final String[] NAMES = {
    "local", // multicast DNS, RFC 6762 §3
    "internal", // reserved by ICANN for private use; clouds and container engines use it
    "home.arpa", // home networks, RFC 8375
    "cluster.local", // Kubernetes: "local" covers it; listed so that readers find it
  };

  private static final String[] IPV4_REVERSE_ZONES = {
    "0.in-addr.arpa", // this network, RFC 1122 §3.2.1.3
    "10.in-addr.arpa", // 10/8, RFC 1918
    "168.192.in-addr.arpa", // 192.168/16, RFC 1918
    "127.in-addr.arpa", // loopback, RFC 1122 §3.2.1.3
    "254.169.in-addr.arpa", // link-local, RFC 3927
    "255.255.255.255.in-addr.arpa", // broadcast, RFC 919
  };

  private static final String[] IPV6_REVERSE_ZONES = {
    "c.f.ip6.arpa", // unique local fc00::/7, RFC 4193: RFC 6303 leaves out this half, which is
    "d.f.ip6.arpa", // not assigned yet; some networks use it anyway
    "8.e.f.ip6.arpa", // link-local fe80::/10, RFC 4291 §2.5.6, four zones
    "9.e.f.ip6.arpa",
    "a.e.f.ip6.arpa",
    "b.e.f.ip6.arpa",
  };

  /** An address has 32 nibbles: 31 zeros, and one more for {@code ::} or a 1 for {@code ::1}. */
  private static final String ZEROS =
      "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa";

  private SystemSuffixes() {}

  static List<String> defaults() {
    List<String> suffixes = new ArrayList<>();
    Collections.addAll(suffixes, NAMES);
    Collections.addAll(suffixes, IPV4_REVERSE_ZONES);
    addRange(16, 31, ".172.in-addr.arpa", suffixes); // 172.16/12, RFC 1918
    addRange(64, 127, ".100.in-addr.arpa", suffixes); // 100.64/10, shared by carriers, RFC 6598
    Collections.addAll(suffixes, IPV6_REVERSE_ZONES);
    suffixes.add("0." + ZEROS);
    suffixes.add("1." + ZEROS);
    return suffixes;
  }

  private static void addRange(int first, int last, String zone, List<String> suffixes) {
    for (int octet = first; octet <= last; octet++) {
      suffixes.add(octet + zone);
    }
  }

  /**
   * The warning about a {@code system.suffixes} without the {@code +}: it replaces the default, and
   * the names of the machine's network go upstream, which is seldom intended.
   *
   * @return empty if the default still holds, or the list is off
   */
  public static Optional<String> replacedDefault(NamePolicy policy) {
    List<String> given = policy.systemSuffixes();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    List<String> missing = new ArrayList<>();
    for (String name : NAMES) {
      if (!isUnder(name, given)) {
        missing.add(name);
      }
    }
    for (String zone : defaults()) {
      if (zone.endsWith(".arpa") && !missing.contains(zone) && !isUnder(zone, given)) {
        missing.add("the reverse zones of private addresses");
        break;
      }
    }
    return missing.isEmpty()
        ? Optional.<String>empty()
        : Optional.of(
            "dotagent.system.suffixes without a + replaces its default: names under "
                + String.join(", ", missing)
                + " go to the upstreams; +"
                + Setting.cut(String.join(",", given), 200)
                + " adds to the default");
  }

  private static boolean isUnder(String name, List<String> suffixes) {
    for (String suffix : suffixes) {
      if (HostName.isWithin(name, suffix)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The suffixes that {@code system.suffixes} asks for: the default and more ({@code +}), others,
   * or none ({@code off}).
   */
  static List<String> read(Setting given) throws ConfigException {
    if (given.is("off")) {
      return new ArrayList<>();
    }
    boolean more = given.text().startsWith("+");
    Set<String> suffixes = new LinkedHashSet<>();
    if (more) {
      suffixes.addAll(defaults());
    }
    suffixes.addAll(DomainNameText.list(given, more ? given.text().substring(1) : given.text()));
    return new ArrayList<>(suffixes);
  }
}
