package io.github.dotagent.resolver;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.CleartextNames;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.TerminalText;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Counts the names that the system resolver is asked for: it may send them in the clear. */
public final class CountedSystem implements SystemResolver {
  private static final int IPV4_OCTETS = 4; // RFC 791

  private final SystemResolver system;
  private final CleartextNames counted;
  private final Log log;
  private final RefreshInterval look;
  private volatile String ownName; // null: not yet asked for

  public CountedSystem(SystemResolver system, CleartextNames counted, Timers timers, Log log) {
    this.system = system;
    this.counted = counted;
    this.log = log;
    this.look = new RefreshInterval(timers);
  }

  @Override
  public InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    add(host);
    return system.addresses(host, order);
  }

  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    add(address);
    return system.nameOf(address);
  }

  @Override
  public String localHostName() {
    return system.localHostName();
  }

  /** Counts a name that was asked for elsewhere. */
  void add(String host) {
    if (!host.equals(SystemNames.IMPOSSIBLE) && !AddressLiteral.parse(host).isPresent()) {
      count(host);
    }
  }

  /** The same for an address whose name was asked for (RFC 1035 §3.5, RFC 3596 §2.5). */
  void add(byte[] address) {
    count(address.length == IPV4_OCTETS ? "address.in-addr.arpa" : "address.ip6.arpa");
  }

  /** A system call, and by reflection: once a second, as {@link NameRoute} does. */
  private String ownName() {
    String known = ownName;
    if (look.isDue() || known == null) {
      known = system.localHostName();
      ownName = known;
    }
    return known;
  }

  /** Only the log has whole names, at level debug. The counts have suffixes. */
  private void count(String name) {
    if (name.equalsIgnoreCase(ownName())) {
      counted.addOwnName();
    } else {
      counted.add(name);
    }
    if (log.shows(Level.DEBUG)) {
      log.write(Level.DEBUG, "the system resolver is asked for " + TerminalText.of(name));
    }
  }
}
