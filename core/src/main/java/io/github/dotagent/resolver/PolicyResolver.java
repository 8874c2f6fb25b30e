package io.github.dotagent.resolver;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.support.AddressLiteral;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.Timers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Decides for each name where it is asked for: a literal is itself, the hosts file comes first, the
 * machine's names go to the system, everything else over TLS. There is no way from "over TLS" back
 * to the system: what no server answers stays unanswered.
 */
public final class PolicyResolver implements HostResolver {
  private final Lookup dot;
  private final SystemResolver system;
  private final NameRoute route;
  private final HostsFile hosts;
  private final BoundedWait wait;

  /**
   * @param dot what answers over TLS
   * @param timeoutNanos the bound of one lookup over TLS
   */
  public PolicyResolver(
      Lookup dot,
      SystemResolver system,
      NamePolicy policy,
      Timers timers,
      long timeoutNanos,
      Log log) {
    this.dot = dot;
    this.system = system;
    this.route = new NameRoute(policy, system, timers);
    this.hosts = new HostsFile(policy.hostsFile().orElse(null), timers, log);
    this.wait = new BoundedWait(timers, timeoutNanos);
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
    switch (route.of(name)) {
      case LOOPBACK:
        return AddressList.named(host, AddressList.inOrder(AddressList.LOOPBACK, order));
      case NO_SUCH_NAME:
        throw new UnknownHostException(host + ": no such name (RFC 6761 reserves .invalid)");
      case NOT_DNS:
        throw new UnknownHostException(host + ": not a DNS name, so no server is asked for it");
      case SYSTEM:
        return system.addresses(host, order);
      default:
        return AddressList.named(host, overTls(host, name, order));
    }
  }

  private List<byte[]> overTls(String host, HostName name, AddressOrder order)
      throws UnknownHostException {
    // both questions are on their way before either answer is waited for (RFC 8305 §3)
    CompletableFuture<Answer> ipv6 = order.wantsIpv6() ? ask(name, RecordType.AAAA) : null;
    CompletableFuture<Answer> ipv4 = order.wantsIpv4() ? ask(name, RecordType.A) : null;
    LookupResult result = new LookupResult(host, "address");
    long deadline = wait.deadline();
    List<byte[]> found = new ArrayList<>();
    if (ipv4 != null) {
      found.addAll(result.add(wait.until(deadline, ipv4)).addresses());
    }
    if (ipv6 != null) {
      found.addAll(result.add(wait.until(deadline, ipv6)).addresses());
    }
    if (found.isEmpty()) {
      throw result.nothingFound();
    }
    return AddressList.inOrder(found, order);
  }

  private CompletableFuture<Answer> ask(HostName name, RecordType type) {
    return dot.lookup(Question.of(name.toString(), type));
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
    LookupResult result = new LookupResult(AddressList.textOf(address), "name");
    List<String> names =
        result.add(wait.until(wait.deadline(), ask(reverse, RecordType.PTR))).names();
    if (names.isEmpty()) {
      throw result.nothingFound();
    }
    return names.get(0);
  }
}
