package io.github.dotagent.config;

import io.github.dotagent.cache.CachePolicy;
import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.dnssec.ZoneAnchors;
import io.github.dotagent.logging.LogSettings;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.tls.ClientCertificateSpec;
import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import io.github.dotagent.tls.TrustStoreSpec;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads every setting, checks it alone and together with the others, and makes the policies from
 * them. Stateless.
 */
public final class ConfigLoader {
  /** A TLS handshake takes two or three round trips: with less, no far server ever answers. */
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);

  /** A program that waits longer for a name hangs. */
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

  /** RFC 2181 §8: a TTL has 31 bits. */
  static final Duration LONGEST_TTL = Duration.ofSeconds(Integer.MAX_VALUE);

  /** To switch the cache off, users set {@code cache.maxTtl=0s}; 0 entries would be slower. */
  private static final long FEWEST_ENTRIES = 1;

  /**
   * More names would take gigabytes of heap. No program looks up so many, so it is a typing
   * mistake.
   */
  private static final long MOST_ENTRIES = 10_000_000;

  /** A key is half a kilobyte as text; the private zones of a large company are some hundred. */
  private static final int MOST_ANCHOR_OCTETS = 1024 * 1024;

  private ConfigLoader() {}

  /**
   * The settings of these sources: system property over environment over file over default. With
   * {@code enabled=false} everything else is its default, and nothing else is checked.
   *
   * <p>A value that a stronger source overrides is not read; its key is still checked.
   *
   * @throws ConfigException with all mistakes
   */
  public static DotConfig load(SettingSources sources) throws ConfigException {
    ConfigException.Mistakes mistakes = new ConfigException.Mistakes();
    GivenSettings given = GivenSettings.of(sources, mistakes);
    if (given.switchedOff()) {
      return read(GivenSettings.none(), false, sources);
    }
    while (true) {
      try {
        boolean enabled = WordText.trueOrFalse(given.orDefault(SettingKey.ENABLED));
        DotConfig config = read(given, enabled, sources);
        if (mistakes.isEmpty()) {
          return config;
        }
        break;
      } catch (ConfigException wrong) {
        mistakes.add(wrong);
        if (wrong.key() == null || given.given(wrong.key()) == null) {
          break; // reading again would give the same mistake
        }
        given = given.without(wrong.key()); // reads again without it, to find other mistakes
      }
    }
    throw mistakes.together();
  }

  /**
   * These settings, except those that keep their values in a running JVM.
   *
   * @throws ConfigException if one contradicts the others
   */
  static DotConfig keeping(
      DotConfig loaded, DotConfig running, Set<SettingKey> kept, SettingSources sources)
      throws ConfigException {
    GivenSettings given = loaded.given();
    for (SettingKey key : kept) {
      given = given.with(key, running.given());
    }
    return read(given, running.enabled(), sources);
  }

  private static DotConfig read(GivenSettings settings, boolean enabled, SettingSources sources)
      throws ConfigException {
    boolean observes = observes(settings);
    Setting install = settings.orDefault(SettingKey.INSTALL);
    ZoneText zones = ZoneText.read(settings.given(SettingKey.ZONES));
    List<UpstreamSpec> upstreams = UpstreamText.read(settings.orDefault(SettingKey.UPSTREAMS));
    Set<UpstreamSpec> servers = new LinkedHashSet<>(upstreams);
    for (ZoneSpec zone : zones.withServers()) {
      servers.addAll(zone.servers());
    }
    DnssecPolicy dnssec = dnssec(settings);
    NamePolicy names = names(settings, sources, zones);
    return new DotConfig(
        enabled,
        upstreams,
        zones.withServers(),
        tls(settings, servers),
        dnssec,
        WordText.oneOf(settings.orDefault(SettingKey.ECS), "private", "server").equals("private"),
        DurationText.between(
            settings.orDefault(SettingKey.TIMEOUT), SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
        DurationText.between(
            settings.orDefault(SettingKey.TIMEOUT_START), SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
        cache(settings),
        dnssec == null ? names : names.withSecureDomains(dnssec.required()),
        observes,
        WordText.oneOf(install, "abort", "warn").equals("warn")
            ? InstallMode.WARN
            : InstallMode.ABORT,
        bypass(settings, observes),
        log(settings),
        WordText.trueOrFalse(settings.orDefault(SettingKey.JMX)),
        settings);
  }

  /** {@code cache.*}. */
  private static CachePolicy cache(GivenSettings settings) throws ConfigException {
    Setting maxEntries = settings.orDefault(SettingKey.CACHE_MAX_ENTRIES);
    Setting minTtl = settings.orDefault(SettingKey.CACHE_MIN_TTL);
    Setting maxTtl = settings.orDefault(SettingKey.CACHE_MAX_TTL);
    Duration longest = ttl(maxTtl);
    Duration shortest = ttl(minTtl);
    if (shortest.compareTo(longest) > 0) {
      throw minTtl.wrongBeside(
          "is more than "
              + minTtl.spell(SettingKey.CACHE_MAX_TTL)
              + ", which is "
              + maxTtl.text()
              + "; the nearest is "
              + maxTtl.text(),
          SettingKey.CACHE_MAX_TTL);
    }
    return new CachePolicy(
        CountText.between(maxEntries, FEWEST_ENTRIES, MOST_ENTRIES),
        shortest,
        longest,
        ttl(settings.orDefault(SettingKey.CACHE_MAX_NEGATIVE_TTL)),
        ttl(settings.orDefault(SettingKey.CACHE_STALE)),
        WordText.trueOrFalse(settings.orDefault(SettingKey.CACHE_PREFETCH)));
  }

  private static Duration ttl(Setting setting) throws ConfigException {
    return DurationText.between(setting, Duration.ZERO, LONGEST_TTL);
  }

  /**
   * {@code auth}, {@code pins}, {@code pins.mode}, {@code trustStore*} and {@code
   * clientCertificates*}.
   *
   * @param servers all that may be asked
   */
  private static TlsPolicy tls(GivenSettings settings, Set<UpstreamSpec> servers)
      throws ConfigException {
    Setting givenPins = settings.given(SettingKey.PINS);
    Map<String, Set<SpkiPin>> byName =
        givenPins == null ? Collections.<String, Set<SpkiPin>>emptyMap() : PinText.read(givenPins);
    Set<SpkiPin> pins =
        givenPins == null ? Collections.<SpkiPin>emptySet() : byName.get(PinText.NO_NAME);
    byName = new LinkedHashMap<>(byName);
    byName.remove(PinText.NO_NAME);
    for (String name : byName.keySet()) {
      UpstreamText.checkIsIdentity(givenPins, name, servers);
    }
    Setting mode = settings.orDefault(SettingKey.PINS_MODE);
    boolean report = WordText.oneOf(mode, "enforce", "report").equals("report");
    Setting auth = settings.orDefault(SettingKey.AUTH);
    boolean pinsAlone = WordText.oneOf(auth, "name", "pins").equals("pins");
    boolean noPins = pins.isEmpty() && byName.isEmpty();
    if (pinsAlone && !noPins && pins.isEmpty()) {
      for (UpstreamSpec server : servers) {
        if (!byName.containsKey(server.identity())) {
          throw auth.wrongBeside(
              "needs a pin for each server, and "
                  + server
                  + " has none; write "
                  + auth.spell(SettingKey.PINS)
                  + "="
                  + server.identity()
                  + "=sha256/BASE64 as well",
              SettingKey.PINS);
        }
      }
    }
    if (pinsAlone && noPins) {
      throw auth.wrongBeside(
          "needs pins; write "
              + auth.spell(SettingKey.PINS)
              + "=sha256/BASE64, or "
              + auth.spell(SettingKey.AUTH)
              + "=name",
          SettingKey.PINS);
    }
    if (pinsAlone && report) {
      throw mode.wrong(
          "would accept any server, because with "
              + mode.spell(SettingKey.AUTH)
              + "=pins only the pins are checked; write enforce");
    }
    if (report && noPins) {
      throw mode.wrongBeside(
          "has no pins to report on; write "
              + mode.spell(SettingKey.PINS)
              + "=sha256/BASE64 as well, or leave it out",
          SettingKey.PINS);
    }
    Setting store = settings.given(SettingKey.TRUST_STORE);
    if (pinsAlone && store != null) {
      throw store.wrong(
          "is not used with "
              + store.spell(SettingKey.AUTH)
              + "=pins, which trusts no authority; leave one of the two out");
    }
    return new TlsPolicy(
        pinsAlone ? Authentication.PINS : Authentication.NAME,
        pins,
        report ? PinMode.REPORT : PinMode.ENFORCE,
        trustStore(settings),
        byName,
        clientCertificates(settings, servers));
  }

  private static Map<String, ClientCertificateSpec> clientCertificates(
      GivenSettings settings, Set<UpstreamSpec> servers) throws ConfigException {
    Setting given = settings.given(SettingKey.CLIENT_CERTIFICATES);
    Setting password = settings.given(SettingKey.CLIENT_CERTIFICATES_PASSWORD);
    Map<String, ClientCertificateSpec> byName = new LinkedHashMap<>();
    if (given == null) {
      if (password != null) {
        throw password.wrongBeside(
            "has no effect without a client certificate; write "
                + password.spell(SettingKey.CLIENT_CERTIFICATES)
                + "=NAME=FILE as well, or leave it out",
            SettingKey.CLIENT_CERTIFICATES);
      }
      return byName;
    }
    for (String entry : ListText.read(given)) {
      int equals = entry.indexOf('=');
      if (equals < 0) {
        throw given.misspelled(Setting.quoted(entry) + " is not NAME=FILE", null);
      }
      String name = UpstreamText.identity(given, entry, equals);
      UpstreamText.checkIsIdentity(given, name, servers);
      String file = entry.substring(equals + 1).trim();
      if (file.isEmpty()) { // the path of the working directory
        throw given.misspelled(Setting.quoted(entry) + " names no file", null);
      }
      ClientCertificateSpec spec =
          new ClientCertificateSpec(
              NamedFile.toRead(given, file), password == null ? null : password.text());
      if (byName.put(name, spec) != null) {
        throw given.wrong(
            "two certificates are given for the server name " + name + "; leave one of them out");
      }
    }
    return byName;
  }

  /** Null for the JDK's own. */
  private static TrustStoreSpec trustStore(GivenSettings settings) throws ConfigException {
    Setting file = settings.given(SettingKey.TRUST_STORE);
    Setting type = settings.given(SettingKey.TRUST_STORE_TYPE);
    Setting password = settings.given(SettingKey.TRUST_STORE_PASSWORD);
    if (file == null) {
      refuseAlone(type);
      refuseAlone(password);
      return null;
    }
    boolean added = file.text().startsWith("+");
    return new TrustStoreSpec(
        NamedFile.toRead(file, added ? file.text().substring(1).trim() : file.text()),
        type == null ? null : WordText.oneOfInAnyCase(type, "JKS", "PKCS12", "PEM"),
        password == null ? null : password.text(),
        added);
  }

  private static void refuseAlone(Setting part) throws ConfigException {
    if (part != null) {
      throw part.wrongBeside(
          "has no effect without a trust store; write "
              + part.spell(SettingKey.TRUST_STORE)
              + "=PATH as well, or leave it out",
          SettingKey.TRUST_STORE);
    }
  }

  /** {@code system.*}, {@code hosts}, {@code search}, {@code zones} and {@code profile}. */
  private static NamePolicy names(GivenSettings settings, SettingSources machine, ZoneText zones)
      throws ConfigException {
    Setting suffixes = settings.given(SettingKey.SYSTEM_SUFFIXES);
    return new NamePolicy(
        suffixes == null ? SystemSuffixes.defaults() : SystemSuffixes.read(suffixes),
        WordText.trueOrFalse(settings.orDefault(SettingKey.SYSTEM_SINGLE_LABEL)),
        hostsFile(settings.given(SettingKey.HOSTS), machine),
        search(settings.given(SettingKey.SEARCH), machine),
        isOpportunistic(settings.orDefault(SettingKey.PROFILE)),
        zones.targets());
  }

  private static boolean isOpportunistic(Setting profile) throws ConfigException {
    return WordText.oneOf(profile, "strict", "opportunistic").equals("opportunistic");
  }

  private static SearchPolicy search(Setting given, SettingSources machine) throws ConfigException {
    if (given != null && given.is("off")) {
      return SearchPolicy.OFF;
    }
    SearchPolicy ofSystem =
        SearchPolicy.ofSystem(
            machine.resolvConf(),
            machine.environment().get("LOCALDOMAIN"),
            machine.environment().get("RES_OPTIONS"));
    return given == null ? ofSystem : ofSystem.with(DomainNameText.list(given, given.text()));
  }

  /**
   * Null for none. A hosts file that the user names must exist. The platform's hosts file need not
   * exist, because small containers have none.
   */
  private static Path hostsFile(Setting given, SettingSources machine) throws ConfigException {
    if (given == null) {
      return machine.platformHosts();
    }
    return given.is("off") ? null : NamedFile.toRead(given);
  }

  /** {@code log.*}. */
  private static LogSettings log(GivenSettings settings) throws ConfigException {
    Setting file = settings.given(SettingKey.LOG_FILE);
    return new LogSettings(
        level(settings.orDefault(SettingKey.LOG_LEVEL)),
        file == null ? null : NamedFile.toAppend(file));
  }

  private static Level level(Setting setting) throws ConfigException {
    String word = WordText.oneOf(setting, "off", "error", "warn", "info", "debug");
    for (Level level : Level.values()) {
      if (level.name().equalsIgnoreCase(word)) {
        return level;
      }
    }
    throw new AssertionError(word);
  }

  /**
   * Whether {@code mode} is {@code observe}.
   *
   * @throws ConfigException when a setting has no effect beside it, or says the contrary
   */
  private static boolean observes(GivenSettings settings) throws ConfigException {
    Setting mode = settings.orDefault(SettingKey.MODE);
    if (!WordText.oneOf(mode, "enforce", "observe").equals("observe")) {
      return false;
    }
    Setting profile = settings.orDefault(SettingKey.PROFILE);
    if (profile.is("opportunistic")) {
      throw profile.wrongBeside(
          "has no effect with "
              + profile.spell(SettingKey.MODE)
              + "=observe, where the system resolver answers every name; leave one of the two out",
          SettingKey.MODE);
    }
    Setting jmx = settings.orDefault(SettingKey.JMX);
    if (jmx.is("false")) {
      throw jmx.wrongBeside(
          "hides the results of "
              + jmx.spell(SettingKey.MODE)
              + "=observe, because the status command reads them from the MBeans; leave one of the"
              + " two out",
          SettingKey.MODE);
    }
    return true;
  }

  /**
   * {@code bypass}. With {@code mode=observe} nothing is routed, only reported.
   *
   * @throws ConfigException if it is {@code block}, which contradicts observing
   */
  private static BypassMode bypass(GivenSettings settings, boolean observes)
      throws ConfigException {
    Setting bypass = settings.orDefault(SettingKey.BYPASS);
    BypassMode mode = BypassMode.read(bypass);
    if (observes && mode == BypassMode.BLOCK) {
      throw bypass.wrongBeside(
          "refuses queries, and "
              + bypass.spell(SettingKey.MODE)
              + "=observe changes nothing for the program; write report, or leave it out",
          SettingKey.MODE);
    }
    return observes && mode == BypassMode.ROUTE ? BypassMode.REPORT : mode;
  }

  /**
   * {@code dnssec}, {@code dnssec.require} and {@code dnssec.anchors}; null when it is off: then no
   * class of it is loaded.
   */
  private static DnssecPolicy dnssec(GivenSettings settings) throws ConfigException {
    Setting mode = settings.orDefault(SettingKey.DNSSEC);
    String word = WordText.oneOf(mode, "off", "ad", "validate");
    Setting required = settings.given(SettingKey.DNSSEC_REQUIRE);
    Setting anchors = settings.given(SettingKey.DNSSEC_ANCHORS);
    boolean validates = word.equals("validate");
    if (required != null && word.equals("off")) {
      throw required.wrongBeside(
          "needs "
              + required.spell(SettingKey.DNSSEC)
              + "=validate, or ad; write one, or leave it out",
          SettingKey.DNSSEC);
    }
    if (anchors != null && !validates) {
      throw anchors.wrongBeside(
          "has no effect without "
              + anchors.spell(SettingKey.DNSSEC)
              + "=validate; write that as well",
          SettingKey.DNSSEC);
    }
    if (word.equals("off")) {
      return null;
    }
    List<String> domains =
        required == null ? new ArrayList<String>() : DomainNameText.list(required, required.text());
    return new DnssecPolicy(
        validates, domains, anchors == null ? ZoneAnchors.ofIana() : AnchorsFile.read(anchors));
  }

  /**
   * A class of its own, because the JVM would load the exception that it catches together with its
   * class, DNSSEC or not.
   */
  private static final class AnchorsFile {
    static ZoneAnchors read(Setting anchors) throws ConfigException {
      Path file = NamedFile.toRead(anchors);
      try {
        return ZoneAnchors.of(NamedFile.read(file, MOST_ANCHOR_OCTETS));
      } catch (ZoneAnchors.WrongAnchorException wrong) {
        throw anchors.wrong(wrong.getMessage() + "; correct the file");
      } catch (IOException unreadable) {
        throw anchors.wrong("cannot be read: " + unreadable.getMessage() + "; name another file");
      }
    }
  }
}
