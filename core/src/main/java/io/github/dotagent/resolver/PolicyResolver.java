package io.github.dotagent.resolver;

import io.github.dotagent.answer.Lookup;
import io.github.dotagent.resolver.BoundedWait.Budget;
import io.github.dotagent.support.AddressLiteral;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.Timers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;

/**
 * Decides for each name where it is asked for: a literal is itself, the hosts file comes first, the
 * machine's names go to the system, everything else over TLS. With a search list each name that is
 * tried goes where its own suffix says. From "over TLS" a way leads back to the system only through
 * {@link ClearTextFallback}, which is shut unless the user opened it.
 */
public final class PolicyResolver implements HostResolver {
  private final OverTls overTls;
  private final SystemNames system;
  private final NameRoute route;
  private final HostsFile hosts;
  private final SearchList search;
  private final SearchMemory memory;
  private final ClearTextFallback fallback;
  private final DestinationOrder destinations;
  private final BoundedWait wait;

  /**
   * @param dot what answers over TLS
   * @param timeoutNanos the bound of one lookup over TLS, all names that are tried together
   */
  public PolicyResolver(
      Lookup dot,
      SystemResolver system,
      NamePolicy policy,
      Timers timers,
      long timeoutNanos,
      Log log) {
    this(dot, system, policy, timers, timeoutNanos, log, new KernelSources());
  }

  PolicyResolver(
      Lookup dot,
      SystemResolver system,
      NamePolicy policy,
      Timers timers,
      long timeoutNanos,
      Log log,
      DestinationOrder.Sources sources) {
    this.wait = new BoundedWait(timers, timeoutNanos);
    this.overTls = new OverTls(dot, wait);
    this.system = new SystemNames(system);
    this.route = new NameRoute(policy, system, timers);
    this.hosts = new HostsFile(policy.hostsFile().orElse(null), timers, log);
    this.search = new SearchList(policy.search(), system, timers);
    this.memory = new SearchMemory(timers);
    this.fallback = new ClearTextFallback(policy.clearTextFallback(), dot, log);
    this.destinations = new DestinationOrder(sources);
  }

  /**
   * What this machine itself says of a name, for the servers' own names: its hosts file, then the
   * system resolver, and no search list.
   */
  public InetAddress[] ofThisMachine(String host) throws UnknownHostException {
    HostName name = HostName.of(host);
    List<byte[]> fromHosts =
        AddressList.inOrder(hosts.addresses(name.toString()), AddressOrder.SYSTEM);
    return fromHosts.isEmpty()
        ? system.absolute(host, name, AddressOrder.SYSTEM).orThrow()
        : AddressList.named(host, fromHosts);
  }

  @Override
  public InetAddress[] addresses(String host, AddressOrder order) throws UnknownHostException {
    InetAddress literal = AddressLiteral.parse(host).orElse(null);
    if (literal != null) {
      return new InetAddress[] {literal};
    }
    HostName name = HostName.of(host);
    List<byte[]> fromHosts = AddressList.inOrder(hosts.addresses(name.toString()), order);
    if (!fromHosts.isEmpty()) {
      return AddressList.named(host, fromHosts);
    }
    return searched(host, name, order).orThrow();
  }

  /** The first of the candidates that there is; when there is none, what is said of the name. */
  private NameResult searched(String host, HostName name, AddressOrder order)
      throws UnknownHostException {
    Budget time = wait.whole();
    List<HostName> candidates = candidates(name);
    HostName lately = candidates.size() == 1 ? null : memory.find(name, candidates);
    if (lately != null) {
      NameResult result = one(host, lately, lately == name, order, time);
      if (!result.isNegative()) {
        return result;
      }
    }
    NameResult ofName = null;
    for (HostName candidate : candidates) {
      NameResult result = one(host, candidate, candidate == name, order, time);
      if (result.isFound() && candidates.size() > 1) {
        memory.found(name, candidate);
      }
      if (!result.isNegative()) {
        return result;
      }
      ofName = candidate == name ? result : ofName;
    }
    return ofName;
  }

  private List<HostName> candidates(HostName name) {
    switch (route.of(name)) {
      case UPSTREAM:
        return search.candidates(name);
      case SYSTEM:
        // which searches for itself, unless the list is another one than its own
        return search.isOwn() && !route.isSelf(name)
            ? search.candidates(name)
            : Collections.singletonList(name);
      default:
        return Collections.singletonList(name);
    }
  }

  private NameResult one(
      String host, HostName name, boolean asItIs, AddressOrder order, Budget time)
      throws UnknownHostException {
    switch (route.of(name)) {
      case LOOPBACK:
        return NameResult.found(
            AddressList.named(host, AddressList.inOrder(AddressList.LOOPBACK, order)));
      case NO_SUCH_NAME:
        return NameResult.negative(
            new UnknownHostException(host + ": no such name (RFC 6761 reserves .invalid)"));
      case NOT_DNS:
        return NameResult.negative(
            new UnknownHostException(host + ": not a DNS name, so no server is asked for it"));
      case SYSTEM:
        return asItIs ? system.asItIs(host, order) : system.absolute(host, name, order);
      default:
        return overTls(host, name, order, time);
    }
  }

  /** While the system answers anyway, the servers are asked in passing, so as to find them back. */
  private NameResult overTls(String host, HostName name, AddressOrder order, Budget time)
      throws UnknownHostException {
    boolean inPassing = fallback.isOpen();
    LookupResult result = overTls.addresses(host, name, order, inPassing ? wait.none() : time);
    if (inPassing && result.isFailure() && !fallback.isOpen()) {
      result = overTls.addresses(host, name, order, time); // one is back, this very moment
    }
    if (!result.addresses().isEmpty()) {
      List<byte[]> addresses = AddressList.inOrder(result.addresses(), order);
      return NameResult.found(
          AddressList.named(
              host, order == AddressOrder.SYSTEM ? destinations.sorted(addresses) : addresses));
    }
    if (!result.isFailure()) {
      return NameResult.negative(result.nothingFound());
    }
    return fallback.isOpen()
        ? system.absolute(host, name, order)
        : NameResult.failed(result.nothingFound());
  }

  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    String fromHosts = hosts.nameOf(address);
    if (fromHosts != null) {
      return fromHosts;
    }
    HostName reverse = HostName.of(ReverseName.of(address));
    if (route.of(reverse) == NameRoute.Place.SYSTEM) {
      return system.nameOf(address);
    }
    String text = AddressList.textOf(address);
    boolean inPassing = fallback.isOpen();
    LookupResult result = overTls.names(text, reverse, inPassing ? wait.none() : wait.whole());
    if (inPassing && result.isFailure() && !fallback.isOpen()) {
      result = overTls.names(text, reverse, wait.whole()); // one is back, this very moment
    }
    if (!result.names().isEmpty()) {
      return result.names().get(0);
    }
    if (result.isFailure() && fallback.isOpen()) {
      return system.nameOf(address);
    }
    throw result.nothingFound();
  }
}
