package io.github.dotagent.config;

import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.AddressText;
import io.github.dotagent.upstream.UpstreamSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the list of upstreams, {@code ADDRESS[@PORT][#NAME]} or {@code NAME[@PORT]}, and the names
 * of servers that other settings have.
 */
final class UpstreamText {
  /** Each has a state, an MBean and a place in every ranking; no user needs so many. */
  static final int MOST = 1_000;

  /**
   * The addresses of {@code one.one.one.one}, built in so that the name needs no look-up before the
   * first look-up. IPv4 before IPv6: a machine without IPv6 is far more common than one without
   * IPv4.
   */
  private static final String[] CLOUDFLARE_ADDRESSES = {
    "1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001"
  };

  /** The name in the certificates of these servers. */
  private static final String CLOUDFLARE_NAME = "one.one.one.one";

  /** The separators of an entry's parts, in the forms that other programs have. */
  private static final String MARKS = "@#:";

  private final Setting setting;
  private final Set<UpstreamSpec> specs = new LinkedHashSet<>();

  private UpstreamText(Setting setting) {
    this.setting = setting;
  }

  /** Reads the list: at least one server, in the given order, without duplicates. */
  static List<UpstreamSpec> read(Setting setting) throws ConfigException {
    List<String> entries = ListText.read(setting);
    if (entries.size() > MOST) {
      throw setting.wrong("names " + entries.size() + " servers; " + MOST + " at most");
    }
    UpstreamText reading = new UpstreamText(setting);
    for (String entry : entries) {
      reading.entry(entry);
    }
    return new ArrayList<>(reading.specs);
  }

  /** The servers of one entry: one server, or several if the entry is a short name for them. */
  static List<UpstreamSpec> server(Setting setting, String entry) throws ConfigException {
    UpstreamText reading = new UpstreamText(setting);
    reading.entry(entry);
    return new ArrayList<>(reading.specs);
  }

  private void entry(String entry) throws ConfigException {
    int hash = entry.indexOf('#');
    String endpoint = hash < 0 ? entry : entry.substring(0, hash);
    int at = endpoint.indexOf('@');
    String host = at < 0 ? endpoint : endpoint.substring(0, at);
    Optional<InetAddress> address = address(host);
    String name = DomainNameText.plain(host);
    if (!address.isPresent() && !DomainNameText.isHostName(name)) {
      throw misspelled(entry, "is neither ADDRESS[@PORT][#NAME] nor NAME[@PORT]");
    }
    int port = at < 0 ? UpstreamSpec.DEFAULT_PORT : port(entry, endpoint.substring(at + 1));
    if (address.isPresent()) {
      String authenticationName = hash < 0 ? null : authenticationName(entry, hash);
      add(entry, new UpstreamSpec(server(entry, address.get()), port, authenticationName));
    } else if (hash >= 0) {
      throw setting.misspelled(
          Setting.quoted(entry) + " has a host name, which is the name to check, and #NAME as well",
          endpoint);
    } else if (name.equals(CLOUDFLARE_NAME)) {
      for (String cloudflare : CLOUDFLARE_ADDRESSES) {
        add(entry, new UpstreamSpec(AddressLiteral.parse(cloudflare).get(), port, name));
      }
    } else {
      add(entry, UpstreamSpec.byName(name, port));
    }
  }

  /** IPv6 with brackets or without. */
  static Optional<InetAddress> address(String host) {
    boolean brackets = host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0;
    return AddressLiteral.parse(brackets ? host.substring(1, host.length() - 1) : host);
  }

  /** Connecting to 0.0.0.0 or :: reaches this machine on some systems, which is never intended. */
  private InetAddress server(String entry, InetAddress address) throws ConfigException {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      throw setting.misspelled(Setting.quoted(entry) + " is not the address of a server", null);
    }
    return address;
  }

  private int port(String entry, String digits) throws ConfigException {
    int port = CountText.port(digits);
    if (port == 0) {
      throw misspelled(entry, "has a port that is not a number from 1 to 65535");
    }
    return port;
  }

  private String authenticationName(String entry, int hash) throws ConfigException {
    String name = DomainNameText.plain(entry.substring(hash + 1));
    if (!DomainNameText.isHostName(name)) {
      throw misspelled(entry, "has a #NAME that is not a host name");
    }
    return name;
  }

  private void add(String entry, UpstreamSpec spec) throws ConfigException {
    if (!specs.add(spec)) {
      throw setting.wrong(
          Setting.quoted(entry) + " is listed twice (" + spec + "); keep one of them");
    }
  }

  private static boolean areServers(List<String> parts) {
    for (String part : parts) {
      boolean address = nearest(part) != null;
      boolean name = part.indexOf('.') > 0 && DomainNameText.isHostName(DomainNameText.plain(part));
      if (!address && !name) {
        return false;
      }
    }
    return true;
  }

  private ConfigException misspelled(String entry, String reason) {
    List<String> parts = ListText.partsOf(entry);
    if (parts.size() > 1 && areServers(parts)) {
      return setting.misspelled(
          Setting.quoted(entry) + " is not a server; separate servers by commas",
          ListText.joined(parts));
    }
    return setting.misspelled(Setting.quoted(entry) + " " + reason, nearest(entry));
  }

  /**
   * Suggests {@code ADDRESS@PORT#NAME} for forms such as {@code tls://1.1.1.1}, {@code
   * 1.1.1.1:853}, {@code [::1]:853} or {@code 1.1.1.1#NAME@853}, without a name that cannot be
   * used. Null if there is no address in it.
   */
  static String nearest(String entry) {
    String text = withoutUrl(entry);
    int end = addressEnd(text);
    String address = text.substring(0, end).replace("[", "").replace("]", "");
    if (!AddressLiteral.parse(address).isPresent()) {
      return null;
    }
    String rest = text.substring(end);
    int port = CountText.port(after(rest, rest.indexOf('@') < 0 ? ':' : '@'));
    String name = DomainNameText.nearest(after(rest, '#'));
    return address
        + '@'
        + (port == 0 ? UpstreamSpec.DEFAULT_PORT : port)
        + (name != null && DomainNameText.isHostName(name) ? "#" + name : "");
  }

  /**
   * The name or address that a server, written as in the list of upstreams, must prove; null when
   * it is no server.
   */
  static String nearestIdentity(String entry) {
    String text = withoutUrl(entry);
    int at = text.indexOf('@');
    String host = DomainNameText.plain(at < 0 ? text : text.substring(0, at));
    if (DomainNameText.isHostName(host)) {
      return host;
    }
    String nearest = nearest(entry);
    if (nearest == null) {
      return null;
    }
    String name = after(nearest, '#');
    return name.isEmpty() ? nearest.substring(0, nearest.indexOf('@')) : name;
  }

  private static String withoutUrl(String entry) {
    int scheme = entry.indexOf("://");
    String rest = scheme < 0 ? entry : entry.substring(scheme + "://".length());
    int path = rest.indexOf('/');
    return path < 0 ? rest : rest.substring(0, path);
  }

  private static int addressEnd(String text) {
    if (text.startsWith("[")) {
      return text.indexOf(']') + 1;
    }
    int end = 0;
    while (end < text.length() && text.charAt(end) != '@' && text.charAt(end) != '#') {
      end++;
    }
    boolean address = AddressLiteral.parse(text.substring(0, end)).isPresent();
    int colon = text.lastIndexOf(':', end - 1);
    return address || colon < 0 ? end : colon;
  }

  /** The text between a mark and the next one; empty when the mark is not there. */
  private static String after(String text, char mark) {
    int start = text.indexOf(mark) + 1;
    int end = start;
    while (start > 0 && end < text.length() && MARKS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(start, end);
  }

  /**
   * The NAME of {@code NAME=PIN} and {@code NAME=FILE}: of a server, or its address, as {@link
   * UpstreamSpec#identity} has it.
   *
   * @param equals where the name ends in the entry
   */
  static String identity(Setting setting, String entry, int equals) throws ConfigException {
    String spelled = entry.substring(0, equals).trim();
    Optional<InetAddress> address = address(spelled);
    if (address.isPresent()) {
      return AddressText.of(address.get());
    }
    String name = DomainNameText.plain(spelled);
    if (!DomainNameText.isHostName(name)) {
      String nearest = nearestIdentity(spelled);
      throw setting.misspelled(
          Setting.quoted(entry) + " does not begin with the name or the address of a server",
          nearest == null ? null : nearest + entry.substring(equals));
    }
    return name;
  }

  /**
   * Refuses a name that no server has: the name is misspelled, and the intended server would have
   * no protection.
   *
   * @param servers of the settings
   */
  static void checkIsIdentity(Setting setting, String name, Iterable<UpstreamSpec> servers)
      throws ConfigException {
    StringBuilder names = new StringBuilder();
    for (UpstreamSpec server : servers) {
      if (server.identity().equals(name)) {
        return;
      }
      if (names.indexOf(server.identity()) < 0) {
        names.append(names.length() == 0 ? "" : ", ").append(server.identity());
      }
    }
    throw setting.wrongBeside(
        "is for "
            + Setting.quoted(name)
            + ", but no server has that name; the names of the servers are "
            + Setting.cut(names.toString(), 200),
        SettingKey.UPSTREAMS,
        SettingKey.ZONES);
  }
}
