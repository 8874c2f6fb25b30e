package io.github.dotagent.resolver;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.AddressText;
import io.github.dotagent.net.HostName;
import io.github.dotagent.resolver.files.FileNotReadException;
import io.github.dotagent.resolver.files.HostsFile;
import io.github.dotagent.resolver.files.SearchList;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Explains to people where a name goes, and why. Asks no server: it has the decision of {@link
 * PolicyResolver}, but no answer. Safe for use by any number of threads.
 */
public final class NameExplanation {
  private final NamePolicy policy;
  private final NameRoute route;
  private final HostsFile hosts;
  private final SearchList search;
  private final BoundedWait wait;

  NameExplanation(
      NamePolicy policy, NameRoute route, HostsFile hosts, SearchList search, BoundedWait wait) {
    this.wait = wait;
    this.policy = policy;
    this.route = route;
    this.hosts = hosts;
    this.search = search;
  }

  /**
   * For a machine on which no agent runs.
   *
   * @param ownName the machine's name; empty when it is not known
   * @param timeoutNanos how long the machine's files may take to be read
   * @param log for lines of the files that cannot be understood
   */
  public static NameExplanation of(
      NamePolicy policy,
      final String ownName,
      ThreadStarter threads,
      Timers timers,
      long timeoutNanos,
      Log log) {
    SystemResolver named = new NoSystemResolver(ownName);
    return new NameExplanation(
        policy,
        new NameRoute(policy, named, timers),
        new HostsFile(policy.hostsFile().orElse(null), threads, timers, log),
        new SearchList(
            policy.search(),
            new Supplier<String>() {
              @Override
              public String get() {
                return ownName;
              }
            },
            threads,
            timers,
            log),
        new BoundedWait(timers, timeoutNanos));
  }

  /** One name that is tried, and where it goes. Immutable. */
  public static final class Step {
    private final String name;
    private final String place;
    private final boolean upstream;
    private final String zone;

    private Step(String name, String place, boolean upstream) {
      this(name, place, upstream, "");
    }

    private Step(String name, String place, boolean upstream, String zone) {
      this.name = name;
      this.place = place;
      this.upstream = upstream;
      this.zone = zone;
    }

    /** The zone whose servers are asked; empty: those for all names that no zone has. */
    public String zone() {
      return zone;
    }

    /** The name that is tried. */
    public String name() {
      return name;
    }

    /** The source of the answer, and the reason. */
    public String place() {
      return place;
    }

    /** Whether the servers are asked, over TLS. */
    public boolean isUpstream() {
      return upstream;
    }

    @Override
    public String toString() {
      return name + ": " + place;
    }
  }

  /** The names that are tried for a host, in order, up to the first that exists. */
  public List<Step> of(String host) {
    InetAddress literal = AddressLiteral.parse(host).orElse(null);
    if (literal != null) {
      return only(AddressText.of(literal), "is an address already", false);
    }
    try {
      return ofName(host, wait.whole());
    } catch (FileNotReadException late) {
      return only(host, "no server: " + late.getMessage(), false);
    }
  }

  private List<Step> ofName(String host, WaitBudget time) throws FileNotReadException {
    List<byte[]> known = hosts.addresses(host, time); // as written, even if it is not a DNS name
    HostName name;
    try {
      name = HostName.of(host);
    } catch (UnknownHostException notAName) {
      if (known.isEmpty()) {
        return only(host, "no server: " + notAName.getMessage(), false);
      }
      return only(host, fromHosts(known), false);
    }
    if (known.isEmpty()) {
      known = hosts.addresses(name.toString(), time);
    }
    if (!known.isEmpty()) {
      return only(name.toString(), fromHosts(known), false);
    }
    List<Step> steps = new ArrayList<>();
    for (HostName candidate : SearchedNames.of(name, route, search, time).names()) {
      steps.add(step(candidate));
    }
    return Collections.unmodifiableList(steps);
  }

  private String fromHosts(List<byte[]> known) {
    return "the hosts file " + policy.hostsFile().orElse(null) + ", as " + texts(known);
  }

  /**
   * Where a name goes without the search list.
   *
   * @param name of the DNS, without the dot at its end
   */
  public Step asIs(String name) {
    List<byte[]> known;
    try {
      known = hosts.addresses(name, wait.whole());
    } catch (FileNotReadException late) {
      return new Step(name, "no server: " + late.getMessage(), false);
    }
    return known.isEmpty()
        ? step(HostName.asked(name))
        : new Step(name, "the hosts file, as " + texts(known), false);
  }

  private Step step(HostName name) {
    switch (route.of(name)) {
      case LOOPBACK:
        return new Step(name.toString(), "this machine's loopback (RFC 6761)", false);
      case NO_SUCH_NAME:
        return new Step(name.toString(), "no server: .invalid never exists (RFC 6761)", false);
      case NOT_DNS:
        return new Step(
            name.toString(), "no server: it is not a DNS name (RFC 7686, RFC 9476)", false);
      case SYSTEM:
        return new Step(name.toString(), "the system resolver, " + whySystems(name), false);
      default:
        return new Step(name.toString(), upstreams(name), true, route.zoneOf(name));
    }
  }

  private String upstreams(HostName name) {
    NameRoute.Rule rule = route.rule(name);
    if (rule == null) {
      return "the upstreams, over TLS";
    }
    return rule.target == ZoneTarget.DEFAULT_SERVERS
        ? "the upstreams, over TLS, because of its zone " + rule.domain + " (zones)"
        : "the servers of the zone " + rule.domain + ", over TLS (zones)";
  }

  private String whySystems(HostName name) {
    NameRoute.Rule rule = route.rule(name);
    if (rule != null && rule.isZone) {
      return "because of its zone " + rule.domain + " (zones)";
    }
    if (name.hasOneLabel() && policy.singleLabelIsSystem()) {
      return "because it has one label (system.singleLabel)";
    }
    return rule == null
        ? "because it is this machine's own name"
        : "because of its suffix " + rule.domain + " (" + rule.source + ")";
  }

  private static List<Step> only(String name, String place, boolean upstream) {
    return Collections.singletonList(new Step(name, place, upstream));
  }

  private static String texts(List<byte[]> addresses) {
    StringBuilder texts = new StringBuilder();
    for (byte[] address : addresses) {
      try {
        texts
            .append(texts.length() == 0 ? "" : ", ")
            .append(AddressText.of(InetAddress.getByAddress(address)));
      } catch (UnknownHostException neverOfFourOrSixteen) {
        throw new AssertionError(neverOfFourOrSixteen);
      }
    }
    return texts.toString();
  }
}
