package io.github.dotagent.resolver;

import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.Source;
import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.HostName;
import io.github.dotagent.resolver.files.FileNotReadException;
import io.github.dotagent.resolver.files.HostsFile;
import io.github.dotagent.resolver.files.SearchList;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Decides where each name goes: a literal is its own answer, the hosts file comes first, names of
 * the machine go to the system resolver, all others over TLS. With a search list, the suffix of
 * each name that is tried decides where it goes. A name that goes over TLS reaches the system
 * resolver only through {@link CleartextFallback}, which is closed unless the user opened it.
 */
public final class PolicyResolver implements HostResolver {
  private final NamePolicy policy;
  private final BlockingLookup overTls;
  private final SystemNames system;
  private final NameRoute route;
  private final HostsFile hosts;
  private final SearchList search;
  private final SearchMemory memory;
  private final CleartextFallback fallback;
  private final DestinationOrder destinations;
  private final BoundedWait wait;
  private final Timers timers;
  private final SystemResolver machine;
  private final ThreadStarter threads;
  private final Log log;

  /**
   * @param dot answers over TLS
   * @param threads for reading the system's files
   * @param timeoutNanos the bound of one lookup over TLS, for all names that are tried together
   */
  public PolicyResolver(
      Lookup dot,
      SystemResolver system,
      NamePolicy policy,
      ThreadStarter threads,
      Timers timers,
      long timeoutNanos,
      Log log) {
    this(dot, system, policy, threads, timers, timeoutNanos, log, StartWait.none());
  }

  /**
   * @param start lookups over TLS wait for it before that bound begins to count
   */
  public PolicyResolver(
      Lookup dot,
      SystemResolver system,
      NamePolicy policy,
      ThreadStarter threads,
      Timers timers,
      long timeoutNanos,
      Log log,
      StartWait start) {
    this(dot, system, policy, threads, timers, timeoutNanos, log, start, new KernelSources());
  }

  PolicyResolver(
      Lookup dot,
      SystemResolver system,
      NamePolicy policy,
      ThreadStarter threads,
      Timers timers,
      long timeoutNanos,
      Log log,
      StartWait start,
      DestinationOrder.SourceAddresses sources) {
    this.policy = policy;
    this.timers = timers;
    this.machine = system;
    this.threads = threads;
    this.log = log;
    this.wait = new BoundedWait(timers, timeoutNanos);
    this.overTls = new BlockingLookup(dot, wait, start, timers, log);
    this.system = new SystemNames(system);
    this.route = new NameRoute(policy, system, timers);
    this.hosts = new HostsFile(policy.hostsFile().orElse(null), threads, timers, log);
    this.search = new SearchList(policy.search(), nameOf(system), threads, timers, log);
    this.memory = new SearchMemory(timers);
    this.fallback = new CleartextFallback(policy, dot, timers, log);
    this.destinations = new DestinationOrder(sources);
  }

  private PolicyResolver(
      PolicyResolver last, Lookup dot, NamePolicy policy, long timeoutNanos, StartWait start) {
    this.policy = policy;
    this.timers = last.timers;
    this.machine = last.machine;
    this.threads = last.threads;
    this.log = last.log;
    this.system = last.system;
    this.memory = last.memory; // it only holds names that are candidates anyway
    this.destinations = last.destinations;
    this.wait = new BoundedWait(timers, timeoutNanos);
    this.overTls = new BlockingLookup(dot, wait, start, timers, log);
    this.route = new NameRoute(policy, machine, timers);
    this.hosts =
        policy.hostsFile().equals(last.policy.hostsFile())
            ? last.hosts
            : new HostsFile(policy.hostsFile().orElse(null), threads, timers, log);
    this.search =
        policy.search().isSame(last.policy.search())
            ? last.search
            : new SearchList(policy.search(), nameOf(machine), threads, timers, log);
    this.fallback = last.fallback.next(policy, dot);
  }

  /** The name of the machine, as its system resolver knows it. */
  private static Supplier<String> nameOf(final SystemResolver system) {
    return new Supplier<String>() {
      @Override
      public String get() {
        return system.localHostName();
      }
    };
  }

  /**
   * The resolver of changed settings. It continues the count of {@link #inClear}, and keeps the
   * content of files that are still used.
   *
   * @param dot what answers over TLS
   * @param timeoutNanos as for the constructor
   */
  public PolicyResolver next(Lookup dot, NamePolicy names, long timeoutNanos) {
    return new PolicyResolver(this, dot, names, timeoutNanos, StartWait.none());
  }

  /** Whether the other resolver may send some names to another place than this one. */
  public boolean isMovedBy(PolicyResolver other) {
    return !policy.sendsAs(other.policy);
  }

  /**
   * Whether the other resolver sends this name to another place.
   *
   * @param name of the DNS, lower case, without the dot at its end
   */
  public boolean isMovedBy(PolicyResolver other, String name) {
    HostName asked = HostName.asked(name);
    return route.of(asked) != other.route.of(asked)
        || !Objects.equals(route.zoneOf(asked), other.route.zoneOf(asked));
  }

  /** Waits for the files that lookups need, for at most this time. */
  public void awaitFiles(long nanos) {
    WaitBudget time = new WaitBudget(timers, nanos);
    try {
      hosts.await(time);
      search.await(time);
    } catch (FileNotReadException late) {
      log.write(Level.WARN, late.getMessage()); // lookups wait for it within their own timeout
    }
    route.readAhead();
  }

  /**
   * The addresses of a name from this machine, for the servers' own names: its hosts file, then the
   * system resolver, and no search list.
   */
  public InetAddress[] ofThisMachine(String host) throws UnknownHostException {
    HostName name = HostName.of(host);
    List<byte[]> fromHosts =
        AddressList.ofHosts(
            hosts.addresses(name.toString(), wait.whole()), AddressFamilyPolicy.SYSTEM);
    return fromHosts.isEmpty()
        ? system.absolute(host, name, AddressFamilyPolicy.SYSTEM).orThrow()
        : AddressList.named(host, fromHosts);
  }

  /**
   * Reads in advance for the first lookup: the hosts file, the search list, this machine's name.
   * Asks no server, and does not wait.
   */
  public void readAhead() {
    hosts.readAhead();
    search.readAhead();
    route.readAhead();
  }

  /**
   * Whether a name in a library's own query belongs to the machine, its network or its cluster.
   * Then it goes to the server that the library chose.
   *
   * @param name of the DNS, lower case, without the dot at its end
   */
  public boolean isSystems(String name) {
    return route.of(HostName.asked(name)) == NameRoute.Place.SYSTEM;
  }

  /** Whether such a name has the loopback addresses (RFC 6761 §6.3). */
  public boolean isLoopback(String name) {
    return route.of(HostName.asked(name)) == NameRoute.Place.LOOPBACK;
  }

  /** Whether no server may be asked for such a name (RFC 6761 §6.4, RFC 7686, RFC 9476). */
  public boolean isNoServers(String name) {
    NameRoute.Place place = route.of(HostName.asked(name));
    return place == NameRoute.Place.NO_SUCH_NAME || place == NameRoute.Place.NOT_DNS;
  }

  /** Explains where names go, and why. */
  public NameExplanation explanation() {
    return new NameExplanation(policy, route, hosts, search, wait);
  }

  /** Names that went to the system resolver because no server answered, since the start. */
  public long inClear() {
    return fallback.uses();
  }

  /**
   * Whether the name may leave in the clear at the moment: {@code profile=opportunistic}.
   *
   * @param name of the DNS, lower case, without the dot at its end
   */
  public boolean mayLeaveInClear(String name) {
    HostName asked = HostName.asked(name);
    return fallback.isOpen(asked, label(asked));
  }

  /**
   * The zone whose servers may speak for the name over TLS; empty: those for all names that no zone
   * has; null: none.
   *
   * @param name of the DNS, lower case, without the dot at its end
   */
  public String zoneOf(String name) {
    return route.zoneOf(HostName.asked(name));
  }

  /**
   * Whether servers are asked for the name over TLS.
   *
   * @param name of the DNS, lower case, without the dot at its end
   */
  public boolean goesOverTls(String name) {
    return route.of(HostName.asked(name)) == NameRoute.Place.UPSTREAM;
  }

  /**
   * The longest entry of {@code zones} that the name is in, with servers or the system; null: none.
   *
   * @param name of the DNS, lower case, without the dot at its end
   */
  String zoneRuleOf(String name) {
    NameRoute.Rule rule = route.rule(HostName.asked(name));
    return rule != null && rule.isZone ? rule.domain : null;
  }

  /** The names that are tried for a host, in order; empty: none. Asks no server. */
  List<String> candidates(String host) {
    List<String> names = new ArrayList<>();
    try {
      HostName name = HostName.of(host);
      for (HostName each : SearchedNames.of(name, route, search, wait.whole()).names()) {
        names.add(each.toString());
      }
    } catch (UnknownHostException none) {
      names.clear();
    }
    return names;
  }

  /** As {@link #zoneOf}, for a name that goes over TLS. */
  private String label(HostName name) {
    String zone = route.zoneOf(name);
    return zone == null ? "" : zone;
  }

  @Override
  public InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    return resolve(host, order).orThrow();
  }

  /** As {@link #addresses}, with the source of the addresses. */
  NameResult<InetAddress[]> resolve(String host, AddressFamilyPolicy order) {
    InetAddress literal = AddressLiteral.parse(host).orElse(null);
    if (literal != null) {
      return NameResult.found(new InetAddress[] {literal}, Source.LITERAL);
    }
    WaitBudget time = wait.whole();
    try {
      List<byte[]> fromHosts = AddressList.ofHosts(hosts.addresses(host, time), order);
      return fromHosts.isEmpty()
          ? ofName(host, order, time)
          : NameResult.found(AddressList.named(host, fromHosts), Source.HOSTS);
    } catch (FileNotReadException late) {
      return notRead(host, late);
    } catch (UnknownHostException noName) {
      return fromNone(noName);
    }
  }

  /** Looks up a name that the hosts file does not know as it is written. */
  private NameResult<InetAddress[]> ofName(String host, AddressFamilyPolicy order, WaitBudget time)
      throws UnknownHostException {
    HostName name;
    try {
      name = HostName.of(host);
    } catch (UnknownHostException noName) {
      // on Linux a machine's name need not be a DNS name: it may have 64 characters
      return route.isSelf(host) ? system.asSpelled(host, order) : fromNone(noName);
    }
    List<byte[]> fromHosts =
        name.toString().equalsIgnoreCase(host)
            ? Collections.<byte[]>emptyList()
            : AddressList.ofHosts(hosts.addresses(name.toString(), time), order);
    return fromHosts.isEmpty()
        ? searched(host, name, order, time)
        : NameResult.found(AddressList.named(host, fromHosts), Source.HOSTS);
  }

  private static <T> NameResult<T> notRead(String asked, FileNotReadException late) {
    UnknownHostException unknown = new UnknownHostException(asked + ": " + late.getMessage());
    return NameResult.refused(unknown, LookupOutcome.SYSTEM_FAILURE, Source.NONE, null);
  }

  private static <T> NameResult<T> fromNone(UnknownHostException refusal) {
    return NameResult.refused(refusal, LookupOutcome.NO_SUCH_NAME, Source.NONE, null);
  }

  /**
   * The answer of the first candidate that exists. If none exists: the failure of a candidate
   * without an answer, or else the answer for the name as it is.
   *
   * <p>As in glibc's res_search, a candidate that a server cannot answer does not end the list:
   * otherwise one broken domain would make every name fail. A candidate that took too long ends the
   * list, but the name is still tried as it is. (Of a server's failures, glibc continues only after
   * SERVFAIL.) If no server can be reached or trusted, the next candidate would fail too.
   */
  private NameResult<InetAddress[]> searched(
      String host, HostName name, AddressFamilyPolicy order, WaitBudget time)
      throws UnknownHostException {
    SearchedNames searched = SearchedNames.of(name, route, search, time);
    List<HostName> candidates = searched.names();
    HostName lately = candidates.size() == 1 ? null : memory.find(name, candidates);
    NameResult<InetAddress[]> failure = null;
    NameResult<InetAddress[]> ofName = null;
    boolean listIsOver = false;
    for (HostName candidate : lately == null ? candidates : begunWith(lately, candidates)) {
      if (listIsOver && candidate != name) {
        continue;
      }
      long begun = timers.nanoTime();
      boolean asSpelled = candidate == name && !searched.systemMustNotSearch();
      NameRoute.Place place = candidate == name ? searched.place() : route.of(candidate);
      NameResult<InetAddress[]> result = one(host, candidate, place, asSpelled, order, time);
      if (result.isFound() && candidates.size() > 1 && candidate != lately) {
        memory.found(name, candidate);
      }
      SearchStep step = SearchStep.after(result, timers.nanoTime() - begun);
      if (step == SearchStep.END) {
        return result;
      }
      listIsOver |= step == SearchStep.NAME_AS_IT_IS;
      failure = failure == null && !result.isNegative() ? result : failure;
      ofName = candidate == name ? result : ofName;
    }
    return failure == null ? ofName : failure;
  }

  /**
   * The list with one name tried first. The name also keeps its own place, because the first
   * candidate that exists counts once the whole list is tried.
   */
  private static List<HostName> begunWith(HostName lately, List<HostName> candidates) {
    List<HostName> all = new ArrayList<>(candidates.size() + 1);
    all.add(lately);
    all.addAll(candidates);
    return all;
  }

  private NameResult<InetAddress[]> one(
      String host,
      HostName name,
      NameRoute.Place place,
      boolean asSpelled,
      AddressFamilyPolicy order,
      WaitBudget time)
      throws UnknownHostException {
    switch (place) {
      case LOOPBACK:
        return NameResult.found(
            AddressList.named(host, AddressList.inOrder(AddressList.LOOPBACK, order)),
            Source.LOOPBACK);
      case NO_SUCH_NAME:
        return fromNone(
            new UnknownHostException(host + ": no such name (RFC 6761 reserves .invalid)"));
      case NOT_DNS:
        return fromNone(
            new UnknownHostException(host + ": not a DNS name, so no server is asked for it"));
      case SYSTEM:
        return asSpelled ? system.asSpelled(host, order) : system.absolute(host, name, order);
      default:
        return overTls(host, asSpelled ? host : host + " (as " + name + ")", name, order, time);
    }
  }

  /**
   * The system resolver answers at the moment. The servers are asked as well, to notice when they
   * are back.
   *
   * @param shown the host as messages have it
   */
  private NameResult<InetAddress[]> overTls(
      String host, String shown, HostName name, AddressFamilyPolicy order, WaitBudget time)
      throws UnknownHostException {
    String zone = label(name);
    boolean inPassing = fallback.isOpen(name, zone);
    LookupResult result = overTls.addresses(shown, name, order, inPassing ? wait.none() : time);
    if (inPassing && result.isFailure() && !fallback.isOpen(name, zone)) {
      result = overTls.addresses(shown, name, order, time); // a server has just recovered
    }
    if (!result.addresses().isEmpty()) {
      List<byte[]> addresses = AddressList.inOrder(result.addresses(), order);
      InetAddress[] named =
          AddressList.named(
              host,
              order == AddressFamilyPolicy.SYSTEM ? destinations.sorted(addresses) : addresses);
      return ofZone(result.found(named), zone);
    }
    String next = result.continuesAt();
    if (next != null) {
      HostName target = HostName.asked(next);
      NameRoute.Place place = route.of(target);
      String secure = place == NameRoute.Place.SYSTEM ? fallback.secureDomainOf(name) : null;
      if (secure == null) {
        return one(host, target, place, false, order, time);
      }
      return ofZone(result.<InetAddress[]>notSecure(secure), zone).failedIn(zone);
    }
    if (result.isFailure() && !result.isBogus() && fallback.isOpen(name, zone)) {
      fallback.used();
      return system.absolute(host, name, order).from(Source.OPPORTUNISTIC);
    }
    NameResult<InetAddress[]> refused = ofZone(result.<InetAddress[]>refused(), zone);
    return result.isFailure() ? refused.failedIn(zone) : refused;
  }

  /**
   * Sets the source of an answer over TLS: a zone's servers, or those for all names that no zone
   * has.
   */
  private static <T> NameResult<T> ofZone(NameResult<T> result, String zone) {
    return result.source() == Source.UPSTREAM && !zone.isEmpty()
        ? result.from(Source.ZONE)
        : result;
  }

  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    return resolve(address).orThrow();
  }

  /** As {@link #nameOf}, with the source of the name. */
  NameResult<String> resolve(byte[] address) {
    WaitBudget time = wait.whole();
    try {
      String fromHosts = hosts.nameOf(address, time);
      if (fromHosts != null) {
        return NameResult.found(fromHosts, Source.HOSTS);
      }
      HostName reverse = HostName.of(ReverseName.of(address));
      return route.of(reverse) == NameRoute.Place.SYSTEM
          ? system.nameOf(address)
          : overTls(AddressList.textOf(address), reverse, address, time);
    } catch (FileNotReadException late) {
      return notRead(ReverseName.of(address), late);
    } catch (UnknownHostException noName) {
      return fromNone(noName);
    }
  }

  private NameResult<String> overTls(
      String text, HostName reverse, byte[] address, WaitBudget time) {
    String zone = label(reverse);
    boolean inPassing = fallback.isOpen(reverse, zone);
    LookupResult result = overTls.names(text, reverse, inPassing ? wait.none() : time);
    if (inPassing && result.isFailure() && !fallback.isOpen(reverse, zone)) {
      result = overTls.names(text, reverse, time); // a server has just recovered
    }
    if (!result.names().isEmpty()) {
      return ofZone(result.found(result.names().get(0)), zone);
    }
    // an alias to a name of the system resolver ends here: that resolver would ask for the address
    // again, in the clear, and the owner of the address's zone could cause this
    if (result.isFailure() && !result.isBogus() && fallback.isOpen(reverse, zone)) {
      fallback.used();
      return system.nameOf(address).from(Source.OPPORTUNISTIC);
    }
    NameResult<String> refused = ofZone(result.<String>refused(), zone);
    return result.isFailure() ? refused.failedIn(zone) : refused;
  }
}
