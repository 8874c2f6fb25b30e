package io.github.dotagent.config;

import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.HostName;
import io.github.dotagent.resolver.ZoneTarget;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code zones}: a list of {@code ZONE=UPSTREAM}, {@code ZONE=system}, {@code ZONE=default}.
 */
final class ZoneText {
  static final ZoneText NONE = new ZoneText(null);

  /** The words for zones without servers of their own. */
  private static final String SYSTEM = "system";

  private static final String DEFAULT = "default";

  /** No setting sends these anywhere: RFC 6761 §6.3 and §6.4, RFC 7686, RFC 9476. */
  private static final List<String> NEVER_ASKED =
      Arrays.asList("localhost", "invalid", "onion", "alt");

  private final Setting setting;
  private final Map<String, ZoneTarget> targets = new LinkedHashMap<>();
  private final Map<String, Set<UpstreamSpec>> servers = new LinkedHashMap<>();
  private String zoneBefore; // null: no entry yet that had one

  private ZoneText(Setting setting) {
    this.setting = setting;
  }

  /**
   * @param setting null: not given
   */
  static ZoneText read(Setting setting) throws ConfigException {
    if (setting == null) {
      return NONE;
    }
    ZoneText zones = new ZoneText(setting);
    Set<UpstreamSpec> all = new LinkedHashSet<>();
    for (String entry : ListText.read(setting)) {
      zones.entry(entry);
    }
    for (Set<UpstreamSpec> ofZone : zones.servers.values()) {
      all.addAll(ofZone);
    }
    if (all.size() > UpstreamText.MOST) {
      throw setting.wrong(
          "names "
              + all.size()
              + " servers; "
              + UpstreamText.MOST
              + " at most, in any number of zones");
    }
    return zones;
  }

  /** Who answers for each zone, in the user's order. */
  Map<String, ZoneTarget> targets() {
    return Collections.unmodifiableMap(targets);
  }

  /** Those with servers of their own, in the user's order. */
  List<ZoneSpec> withServers() {
    List<ZoneSpec> zones = new ArrayList<>();
    for (Map.Entry<String, Set<UpstreamSpec>> zone : servers.entrySet()) {
      zones.add(new ZoneSpec(zone.getKey(), new ArrayList<>(zone.getValue())));
    }
    return zones;
  }

  private void entry(String entry) throws ConfigException {
    int equals = entry.indexOf('=');
    if (equals < 0) {
      throw withoutZone(entry);
    }
    String zone = zone(entry, entry.substring(0, equals).trim());
    String answeredBy = entry.substring(equals + 1).trim();
    zoneBefore = zone;
    if (answeredBy.isEmpty()) {
      throw setting.misspelled(Setting.quoted(entry) + " names no server", null);
    }
    checkIsNoWord(entry, answeredBy);
    ZoneTarget target = target(answeredBy);
    ZoneTarget before = targets.get(zone);
    if (before != null && before != target) {
      throw setting.wrong(
          "the zone "
              + zone
              + " has "
              + word(before)
              + " and "
              + word(target)
              + "; a zone has only one of them, so leave the other out");
    }
    if (target == ZoneTarget.OWN_SERVERS) {
      addServers(entry, zone, answeredBy);
    } else if (before != null) {
      throw setting.wrong(Setting.quoted(entry) + " is listed twice; keep one of them");
    }
    targets.put(zone, target);
  }

  private void addServers(String entry, String zone, String server) throws ConfigException {
    Set<UpstreamSpec> ofZone = servers.get(zone);
    if (ofZone == null) {
      ofZone = new LinkedHashSet<>();
      servers.put(zone, ofZone);
    }
    for (UpstreamSpec spec : UpstreamText.server(setting, server)) {
      if (!ofZone.add(spec)) {
        throw setting.wrong(
            Setting.quoted(entry) + " is listed twice (" + spec + "); keep one of them");
      }
    }
  }

  /** {@code System} would be a server of that name, which the system resolver would look up. */
  private void checkIsNoWord(String entry, String answeredBy) throws ConfigException {
    String plain = DomainNameText.plain(answeredBy);
    boolean word = plain.equals(SYSTEM) || plain.equals(DEFAULT);
    if (word && !plain.equals(answeredBy)) {
      throw setting.wrong(
          Setting.quoted(entry)
              + " names no server; the words are "
              + SYSTEM
              + " and "
              + DEFAULT
              + ", in lower case");
    }
  }

  private static ZoneTarget target(String answeredBy) {
    if (answeredBy.equals(SYSTEM)) {
      return ZoneTarget.SYSTEM;
    }
    return answeredBy.equals(DEFAULT) ? ZoneTarget.DEFAULT_SERVERS : ZoneTarget.OWN_SERVERS;
  }

  private static String word(ZoneTarget target) {
    if (target == ZoneTarget.SYSTEM) {
      return SYSTEM;
    }
    return target == ZoneTarget.DEFAULT_SERVERS ? DEFAULT : "servers of its own";
  }

  private ConfigException withoutZone(String entry) {
    String zone = zoneBefore == null ? DomainNameText.nearest(entry) : zoneBefore;
    boolean server = zoneBefore != null && UpstreamText.nearest(entry) != null;
    if (server) {
      return setting.misspelled(
          Setting.quoted(entry) + " has no zone before it",
          zone + "=" + UpstreamText.nearest(entry));
    }
    return setting.misspelled(Setting.quoted(entry) + " is not ZONE=UPSTREAM", null);
  }

  private String zone(String entry, String spelled) throws ConfigException {
    String zone = DomainNameText.plain(spelled.startsWith(".") ? spelled.substring(1) : spelled);
    if (spelled.equals(".")) {
      throw setting.wrong(
          Setting.quoted(entry)
              + " is for every name; write its server into "
              + setting.spell(SettingKey.UPSTREAMS));
    }
    if (ReverseZone.isOfAddresses(spelled)) {
      String nearest = ReverseZone.nearest(spelled);
      throw setting.misspelled(
          Setting.quoted(entry)
              + " begins with an address; a zone is a domain name, for addresses a reverse name",
          nearest == null ? null : nearest + entry.substring(entry.indexOf('=')));
    }
    if (!DomainNameText.isDomainName(zone)) {
      String nearest = DomainNameText.nearest(spelled);
      throw setting.misspelled(
          Setting.quoted(entry) + " does not begin with a domain name",
          nearest == null ? null : nearest + entry.substring(entry.indexOf('=')));
    }
    for (String never : NEVER_ASKED) {
      if (HostName.isWithin(zone, never)) {
        throw setting.wrong(
            Setting.quoted(entry)
                + " has no effect: no server is ever asked for names that end in "
                + never
                + "; leave it out");
      }
    }
    return zone;
  }

  /** The zone that the user means by addresses: {@code 10.0.0.0/8}, {@code fd00::}. */
  private static final class ReverseZone {
    private static final String HEX = "0123456789abcdef";

    /** RFC 1035 §3.5: a label is an octet. */
    private static final int BITS_OF_IPV4_LABEL = 8;

    /** RFC 3596 §2.5: a label is half of one. */
    private static final int BITS_OF_IPV6_LABEL = 4;

    private ReverseZone() {}

    /** Whether it is an address, or a block of them. */
    static boolean isOfAddresses(String text) {
      return address(text).isPresent();
    }

    /**
     * The reverse zone of a block (RFC 1035 §3.5, RFC 3596 §2.5). Without a length, the block ends
     * at the last part of the address that is not zero. Null if no zone has exactly these
     * addresses.
     */
    static String nearest(String text) {
      byte[] octets = address(text).get().getAddress();
      int bitsOfLabel = octets.length == 4 ? BITS_OF_IPV4_LABEL : BITS_OF_IPV6_LABEL;
      int slash = text.indexOf('/');
      int bits =
          slash < 0 ? bitsInUse(octets, bitsOfLabel) : CountText.port(text.substring(slash + 1));
      if (bits == 0 || bits > octets.length * 8 || bits % bitsOfLabel != 0) {
        return null;
      }
      StringBuilder zone = new StringBuilder();
      for (int label = bits / bitsOfLabel - 1; label >= 0; label--) {
        zone.append(label(octets, label, bitsOfLabel)).append('.');
      }
      return zone.append(octets.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString();
    }

    private static Optional<InetAddress> address(String text) {
      int slash = text.indexOf('/');
      String bare = slash < 0 ? text : text.substring(0, slash);
      return AddressLiteral.parse(bare.replace("[", "").replace("]", ""));
    }

    private static int bitsInUse(byte[] octets, int bitsOfLabel) {
      int labels = octets.length * 8 / bitsOfLabel;
      while (labels > 0 && label(octets, labels - 1, bitsOfLabel).equals("0")) {
        labels--;
      }
      return labels * bitsOfLabel;
    }

    private static String label(byte[] octets, int label, int bitsOfLabel) {
      if (bitsOfLabel == BITS_OF_IPV4_LABEL) {
        return Integer.toString(octets[label] & 0xff);
      }
      int octet = octets[label / 2] & 0xff;
      int half = label % 2 == 0 ? octet >> 4 : octet & 0xf;
      return HEX.substring(half, half + 1);
    }
  }
}
