package io.github.dotagent.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings that the user gave; for each key only the setting of the strongest source.
 * Immutable.
 */
final class GivenSettings {
  /** The beginnings of the URLs in variables of Kubernetes and Docker. */
  private static final String[] URLS = {"tcp://", "udp://", "sctp://"};

  /** Parts of the names of these variables. */
  private static final String[] PROTOCOLS = {"TCP", "UDP", "SCTP"};

  private static final String[] PARTS = {"_PROTO", "_PORT", "_ADDR"};

  private final Setting[] byKey = new Setting[SettingKey.values().length];

  private GivenSettings(List<Setting> strongestFirst) {
    for (Setting setting : strongestFirst) {
      if (setting.key() != null && byKey[setting.key().ordinal()] == null) {
        byKey[setting.key().ordinal()] = setting;
      }
    }
  }

  /**
   * Collects and checks the keys; the values are for others to check.
   *
   * <p>{@code enabled=false} must help against any problem with the agent, its settings included:
   * then no other setting is checked, and a settings file is not even opened.
   *
   * @param mistakes receives a file that cannot be read, an unknown key, or an empty value; such a
   *     setting counts as not given
   */
  static GivenSettings of(SettingSources sources, ConfigException.Mistakes mistakes) {
    List<Setting> all = new ArrayList<>();
    add(Setting.Origin.SYSTEM_PROPERTY, sources.systemProperties(), all);
    add(Setting.Origin.ENVIRONMENT, sources.environment(), all);
    GivenSettings given = new GivenSettings(all);
    ConfigException.Mistakes inFile = new ConfigException.Mistakes();
    if (!given.switchedOff() && !sources.file().isEmpty()) {
      try {
        all.addAll(SettingsFile.read(sources.file(), inFile));
      } catch (ConfigException unreadable) {
        inFile.add(unreadable);
      }
      given = new GivenSettings(all);
    }
    if (!given.switchedOff()) {
      given = given.checked(all, mistakes);
      mistakes.addAll(inFile);
      for (SettingKey key : SettingKey.values()) {
        if (inFile.concerns(key)) {
          given = given.without(key); // it is unknown which of its two values applies
        }
      }
    }
    return given;
  }

  /** These settings without the given one: its default holds. */
  GivenSettings without(SettingKey key) {
    List<Setting> others = new ArrayList<>();
    for (Setting setting : byKey) {
      if (setting != null && setting.key() != key) {
        others.add(setting);
      }
    }
    return new GivenSettings(others);
  }

  /** These settings with the other's setting of a key, or its default. */
  GivenSettings with(SettingKey key, GivenSettings other) {
    List<Setting> all = new ArrayList<>();
    if (other.given(key) != null) {
      all.add(other.given(key));
    }
    for (Setting setting : byKey) {
      if (setting != null && setting.key() != key) {
        all.add(setting);
      }
    }
    return new GivenSettings(all);
  }

  /** Nothing but defaults. */
  static GivenSettings none() {
    return new GivenSettings(new ArrayList<Setting>());
  }

  /** Whether the agent must do nothing at all. */
  boolean switchedOff() {
    Setting enabled = given(SettingKey.ENABLED);
    return enabled != null && enabled.is("false");
  }

  /** The user's setting, or null. */
  Setting given(SettingKey key) {
    return byKey[key.ordinal()];
  }

  /** Each setting with its value and its source. */
  List<String> inForce() {
    List<String> all = new ArrayList<>();
    for (SettingKey key : SettingKey.values()) {
      all.add(orDefault(key).inForce());
    }
    return all;
  }

  /** The user's setting, or else the default. */
  Setting orDefault(SettingKey key) {
    Setting given = given(key);
    return given == null ? Setting.ofDefault(key) : given;
  }

  private static void add(Setting.Origin origin, Map<String, String> values, List<Setting> all) {
    // sorted: of two mistakes the same one is always reported first
    Map<String, String> sorted = new TreeMap<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (origin.isOurs(entry.getKey()) && !isIgnored(origin, entry.getKey(), entry.getValue())) {
        sorted.put(entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<String, String> entry : sorted.entrySet()) {
      all.add(new Setting(origin, entry.getKey(), entry.getValue()));
    }
  }

  private GivenSettings checked(List<Setting> all, ConfigException.Mistakes mistakes) {
    for (Setting setting : all) {
      if (setting.key() == null) {
        mistakes.add(setting.unknown());
      }
    }
    GivenSettings good = this;
    for (Setting setting : byKey) {
      ConfigException wrongLength = setting == null ? null : setting.wrongLength();
      if (wrongLength != null) {
        mistakes.add(wrongLength);
        good = good.without(setting.key());
      }
    }
    return good;
  }

  /**
   * Whether it is a variable that Kubernetes sets for a service of the agent's name, and not a key.
   */
  private static boolean isIgnored(Setting.Origin origin, String name, String value) {
    return origin == Setting.Origin.ENVIRONMENT
        && origin.keyOf(name) == null
        && isServiceLink(name, value);
  }

  /**
   * Whether it is one of the variables that Kubernetes and Docker's links put into a container for
   * each service: {@code NAME_SERVICE_HOST}, {@code NAME_SERVICE_PORT[_PORTNAME]}, {@code
   * NAME_PORT}, {@code NAME_PORT_853_TCP} and {@code ..._PROTO}, {@code ..._PORT}, {@code
   * ..._ADDR}. A service whose name begins with the agent's has some that look like settings.
   */
  private static boolean isServiceLink(String variable, String value) {
    String name = variable.toUpperCase(Locale.ROOT);
    return name.endsWith("_SERVICE_HOST")
        || hasPart(name, "_SERVICE_PORT")
        || name.endsWith("_PORT") && isUrl(value)
        || isOfPort(name);
  }

  /** At the end, or before the name of a port. */
  private static boolean hasPart(String name, String part) {
    return name.endsWith(part) || name.contains(part + '_');
  }

  private static boolean isUrl(String value) {
    for (String url : URLS) {
      if (value.startsWith(url)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is {@code ..._PORT_853_TCP}, alone or with one of {@link #PARTS}. */
  private static boolean isOfPort(String name) {
    String whole = name;
    for (String part : PARTS) {
      if (name.endsWith(part)) {
        whole = name.substring(0, name.length() - part.length());
      }
    }
    for (String protocol : PROTOCOLS) {
      if (whole.endsWith('_' + protocol)) {
        String port = whole.substring(0, whole.length() - protocol.length() - 1);
        int start = port.lastIndexOf("_PORT_") + "_PORT_".length();
        return port.contains("_PORT_") && CountText.isDigits(port.substring(start));
      }
    }
    return false;
  }
}
