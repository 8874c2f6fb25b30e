package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * The answers of {@code mode=enforce}, from the same resolver: the same hosts file, search list,
 * zones, cache and servers. If the system resolver has just answered the program, that answer is
 * used again.
 */
public final class EnforceModeNames implements EnforceModeLookup {
  private static final ThreadLocal<Seen> SEEN = new ThreadLocal<>(); // of the agent's threads

  private final SystemResolver system;
  private volatile PolicyResolver policy; // set before the first lookup

  /** The answer of the system resolver to the program. */
  private static final class Seen {
    final String host;
    final InetAddress[] addresses; // null: none

    Seen(String host, InetAddress[] addresses) {
      this.host = host;
      this.addresses = addresses;
    }
  }

  /**
   * @param system for names of the search list
   */
  public EnforceModeNames(SystemResolver system) {
    this.system = system;
  }

  /** The resolver that decides; made with {@link #system()}. */
  public void decidedBy(PolicyResolver resolver) {
    policy = resolver;
  }

  /** The system resolver, which repeats its answer to the program. */
  public SystemResolver system() {
    return new SystemResolver() {
      @Override
      public InetAddress[] addresses(String host, AddressFamilyPolicy order)
          throws UnknownHostException {
        Seen known = SEEN.get();
        if (known == null || !known.host.equals(host)) {
          return system.addresses(host, order);
        }
        if (known.addresses == null) {
          throw new UnknownHostException(host + ": Name or service not known");
        }
        return known.addresses.clone();
      }

      @Override
      public String nameOf(byte[] address) throws UnknownHostException {
        return system.nameOf(address);
      }

      @Override
      public String localHostName() {
        return system.localHostName();
      }
    };
  }

  @Override
  public EnforceModeAnswer of(String host, AddressFamilyPolicy order, InetAddress[] addresses) {
    SEEN.set(new Seen(host, addresses));
    try {
      return EnforceModeAnswer.of(policy.resolve(host, order));
    } finally {
      SEEN.remove();
    }
  }

  @Override
  public String systemsName(String host, AddressFamilyPolicy order) {
    List<String> candidates = policy.candidates(host);
    for (String candidate : candidates) {
      if (candidates.size() == 1 || isThere(candidate + ".", order)) {
        return candidate;
      }
    }
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return bare.toLowerCase(Locale.ROOT);
  }

  private boolean isThere(String name, AddressFamilyPolicy order) {
    try {
      return system.addresses(name, order).length > 0;
    } catch (UnknownHostException no) {
      return false;
    }
  }

  @Override
  public String zoneOf(String name) {
    return policy.zoneRuleOf(name);
  }
}
