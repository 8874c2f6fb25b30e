package io.github.dotagent.config;

import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneSpec;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads and checks every setting. Stateless. */
public final class ConfigLoader {
  /** A TLS handshake takes two or three round trips: with less, no far server ever answers. */
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);

  /** A program that waits longer for a name hangs. */
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

  private ConfigLoader() {}

  /**
   * The settings of these sources: system property over environment over file over default. With
   * {@code enabled=false} everything else is its default, and nothing else is checked.
   *
   * <p>A value that a stronger source overrides is not read; its key is still checked.
   *
   * @throws ConfigException for all that is wrong
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
   * The same settings, except those that keep their values in a running JVM.
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
    boolean observes = PolicyReader.observes(settings);
    Setting install = settings.orDefault(SettingKey.INSTALL);
    ZoneText zones = ZoneText.read(settings.given(SettingKey.ZONES));
    List<UpstreamSpec> upstreams = UpstreamText.read(settings.orDefault(SettingKey.UPSTREAMS));
    Set<UpstreamSpec> servers = new LinkedHashSet<>(upstreams);
    for (ZoneSpec zone : zones.withServers()) {
      servers.addAll(zone.servers());
    }
    DnssecPolicy dnssec = PolicyReader.dnssec(settings);
    NamePolicy names = PolicyReader.names(settings, sources, zones);
    return new DotConfig(
        enabled,
        upstreams,
        zones.withServers(),
        PolicyReader.tls(settings, servers),
        dnssec,
        WordText.oneOf(settings.orDefault(SettingKey.ECS), "private", "server").equals("private"),
        DurationText.between(
            settings.orDefault(SettingKey.TIMEOUT), SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
        DurationText.between(
            settings.orDefault(SettingKey.TIMEOUT_START), SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
        PolicyReader.cache(settings),
        dnssec == null ? names : names.withSecureDomains(dnssec.required()),
        observes,
        WordText.oneOf(install, "abort", "warn").equals("warn")
            ? InstallMode.WARN
            : InstallMode.ABORT,
        PolicyReader.bypass(settings, observes),
        PolicyReader.log(settings),
        WordText.trueOrFalse(settings.orDefault(SettingKey.JMX)),
        settings);
  }
}
