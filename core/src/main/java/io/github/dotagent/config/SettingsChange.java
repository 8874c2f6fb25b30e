package io.github.dotagent.config;

import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.net.TerminalText;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** New settings for a running JVM, and their differences from the previous ones. Immutable. */
public final class SettingsChange {
  /** Settings that act once, before the program runs: they hold until the JVM ends. */
  private static final Set<SettingKey> OF_THE_START =
      EnumSet.of(SettingKey.ENABLED, SettingKey.MODE, SettingKey.INSTALL, SettingKey.JMX);

  /** Settings that make or check a connection. */
  private static final Set<SettingKey> OF_TLS =
      EnumSet.of(
          SettingKey.PINS,
          SettingKey.PINS_MODE,
          SettingKey.AUTH,
          SettingKey.TRUST_STORE,
          SettingKey.TRUST_STORE_TYPE,
          SettingKey.TRUST_STORE_PASSWORD,
          SettingKey.CLIENT_CERTIFICATES,
          SettingKey.CLIENT_CERTIFICATES_PASSWORD);

  /** Lists: a change says what was added and what was removed. */
  private static final Set<SettingKey> LISTS =
      EnumSet.of(
          SettingKey.UPSTREAMS,
          SettingKey.ZONES,
          SettingKey.PINS,
          SettingKey.CLIENT_CERTIFICATES,
          SettingKey.DNSSEC_REQUIRE,
          SettingKey.SYSTEM_SUFFIXES,
          SettingKey.SEARCH);

  /** The settings that send names to the system resolver, which may ask in the clear. */
  private static final Set<SettingKey> OF_SUFFIXES =
      EnumSet.of(SettingKey.ZONES, SettingKey.SYSTEM_SUFFIXES);

  /** Their defaults are words for people, and no lists. */
  private static final Set<SettingKey> OF_THE_MACHINE =
      EnumSet.of(SettingKey.SYSTEM_SUFFIXES, SettingKey.SEARCH);

  /** A line with a hundred zones is not readable. */
  private static final int SHOWN_CHARACTERS = 200;

  private final DotConfig before;
  private final DotConfig config;
  private final List<SettingKey> changed;
  private final List<String> waiting;

  private SettingsChange(DotConfig before, DotConfig config, List<String> waiting) {
    this.before = before;
    this.config = config;
    this.waiting = Collections.unmodifiableList(waiting);
    this.changed = differing(before, config);
  }

  /**
   * Reads all sources again. System properties and environment are those of the sources, from the
   * start; the file is read from the disk.
   *
   * @throws ConfigException for all that is wrong
   */
  public static SettingsChange read(SettingSources sources, DotConfig running)
      throws ConfigException {
    DotConfig loaded = ConfigLoader.load(sources);
    if (!loaded.enabled()) {
      // nothing else was read then: the previous settings hold
      return new SettingsChange(running, running, Collections.singletonList("enabled=false"));
    }
    Set<SettingKey> waiting = waiting(running, loaded);
    List<String> texts = new ArrayList<>();
    for (SettingKey key : waiting) {
      texts.add(loaded.given().orDefault(key).shown());
    }
    return new SettingsChange(
        running,
        waiting.isEmpty() ? loaded : ConfigLoader.keeping(loaded, running, waiting, sources),
        texts);
  }

  /** The same settings; the content of files that they name may still have changed. */
  static SettingsChange none(DotConfig running) {
    return new SettingsChange(running, running, Collections.<String>emptyList());
  }

  private static Set<SettingKey> waiting(DotConfig running, DotConfig loaded) {
    Set<SettingKey> waiting = EnumSet.noneOf(SettingKey.class);
    for (SettingKey key : differing(running, loaded)) {
      boolean toOrFromOff =
          key == SettingKey.BYPASS
              && (running.bypass() == BypassMode.OFF || loaded.bypass() == BypassMode.OFF);
      if (toOrFromOff || OF_THE_START.contains(key)) {
        waiting.add(key);
      }
    }
    return waiting;
  }

  private static List<SettingKey> differing(DotConfig one, DotConfig other) {
    List<SettingKey> differing = new ArrayList<>();
    for (SettingKey key : SettingKey.values()) {
      if (!one.given().orDefault(key).is(other.given().orDefault(key).text())) {
        differing.add(key);
      }
    }
    return differing;
  }

  /** The settings that held. */
  public DotConfig before() {
    return before;
  }

  /** The settings that are to hold. */
  public DotConfig config() {
    return config;
  }

  /** Whether no setting has changed; the content of files that they name may still have changed. */
  public boolean isEmpty() {
    return changed.isEmpty();
  }

  /** Whether a setting that makes or checks a connection has changed. */
  public boolean concernsTls() {
    return !Collections.disjoint(changed, OF_TLS);
  }

  /** Whether answers are checked in another way, or from other anchors on. */
  public boolean concernsDnssec() {
    boolean isOff = before.dnssec() == null && config.dnssec() == null; // no anchors are loaded
    return !isOff && !DnssecPolicy.areSame(before.dnssec(), config.dnssec());
  }

  private boolean isChanged(SettingKey key) {
    return changed.contains(key);
  }

  /** The differences, a text for each setting, fit to be printed, without any password. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (SettingKey key : changed) {
      texts.add(TerminalText.of(text(key)));
    }
    boolean isOfKeys =
        isChanged(SettingKey.DNSSEC)
            || isChanged(SettingKey.DNSSEC_REQUIRE)
            || isChanged(SettingKey.DNSSEC_ANCHORS);
    if (!isOfKeys && concernsDnssec()) {
      texts.add("dnssec.anchors: the anchors in the file have changed");
    }
    return texts;
  }

  private String text(SettingKey key) {
    Setting then = before.given().orDefault(key);
    Setting now = config.given().orDefault(key);
    if (key.isSecret()) {
      return key.key() + " has changed";
    }
    boolean words =
        OF_THE_MACHINE.contains(key)
            && (before.given().given(key) == null || config.given().given(key) == null);
    if (!LISTS.contains(key) || words) {
      return key.key() + '=' + shown(now) + ", before " + shown(then);
    }
    List<String> added = entries(now);
    List<String> removed = entries(then);
    added.removeAll(entries(then));
    removed.removeAll(entries(now));
    List<String> parts = new ArrayList<>();
    if (!added.isEmpty()) {
      parts.add("added " + cut(String.join(", ", added)));
    }
    if (!removed.isEmpty()) {
      parts.add("removed " + cut(String.join(", ", removed)));
    }
    return key.key() + ": " + (parts.isEmpty() ? "another order" : String.join("; ", parts));
  }

  private static List<String> entries(Setting list) {
    List<String> entries = new ArrayList<>();
    for (String entry : list.text().split(",")) {
      if (!entry.trim().isEmpty()) {
        entries.add(entry.trim());
      }
    }
    return entries;
  }

  private static String shown(Setting setting) {
    return setting.text().isEmpty() ? "none" : cut(setting.text());
  }

  private static String cut(String text) {
    return Setting.cut(text, SHOWN_CHARACTERS);
  }

  /** The keys of settings that protect less than before. */
  public List<String> looser() {
    List<String> looser = new ArrayList<>();
    for (SettingKey key : changed) {
      String now = config.given().orDefault(key).text();
      boolean less =
          key == SettingKey.PINS && hasFewerPins()
              || OF_SUFFIXES.contains(key) && config.names().leavesMoreToSystemThan(before.names())
              || key == SettingKey.UPSTREAMS && hasFirstWithoutPins(config.upstreams())
              || key == SettingKey.ZONES && hasFirstWithoutPins(ofZones(config.zones()))
              || isLessChecked(key);
      if (key.isLooser(now) || less) {
        looser.add(key.key());
      }
    }
    return looser;
  }

  private boolean hasFewerPins() {
    return config.tls().pinCount() < before.tls().pinCount()
        || hasServerThatLosesItsPins(config.upstreams())
        || hasServerThatLosesItsPins(ofZones(config.zones()));
  }

  /** A pin that is bound to a name now holds for no other server any more. */
  private boolean hasServerThatLosesItsPins(List<UpstreamSpec> servers) {
    for (UpstreamSpec server : servers) {
      String identity = server.identity();
      if (config.tls().pinsOf(identity).isEmpty() && !before.tls().pinsOf(identity).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Before, all servers had pins; now one of these has none. */
  private boolean hasFirstWithoutPins(List<UpstreamSpec> servers) {
    List<UpstreamSpec> all = ofZones(before.zones());
    all.addAll(before.upstreams());
    return isEachPinned(all, before) && !isEachPinned(servers, config);
  }

  private static boolean isEachPinned(List<UpstreamSpec> servers, DotConfig by) {
    for (UpstreamSpec server : servers) {
      if (by.tls().pinsOf(server.identity()).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static List<UpstreamSpec> ofZones(List<ZoneSpec> zones) {
    List<UpstreamSpec> servers = new ArrayList<>();
    for (ZoneSpec zone : zones) {
      servers.addAll(zone.servers());
    }
    return servers;
  }

  private boolean isLessChecked(SettingKey key) {
    if (key == SettingKey.DNSSEC) {
      return config.dnssec() == null || before.dnssec() != null && before.dnssec().validates();
    }
    return key == SettingKey.DNSSEC_REQUIRE
        && before.dnssec() != null
        && (config.dnssec() == null
            || !config.dnssec().required().containsAll(before.dnssec().required()));
  }

  /** Settings that hold from the next start on, as they are written; empty: none. */
  public List<String> waiting() {
    return waiting;
  }
}
