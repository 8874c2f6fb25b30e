package io.github.dotagent.config;

import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.SearchPolicy;
import java.nio.file.Path;

/** Reads {@code system.*}, {@code hosts}, {@code search} and {@code profile}. */
final class NameReader {
  private NameReader() {}

  static NamePolicy read(GivenSettings settings, SettingSources machine, ZoneText zones)
      throws ConfigException {
    Setting suffixes = settings.given(SettingKey.SYSTEM_SUFFIXES);
    return new NamePolicy(
        suffixes == null ? LocalSuffixes.all() : SuffixList.system(suffixes),
        BooleanText.read(settings.orDefault(SettingKey.SYSTEM_SINGLE_LABEL)),
        hostsFile(settings.given(SettingKey.HOSTS), machine),
        search(settings.given(SettingKey.SEARCH), machine),
        isOpportunistic(settings.orDefault(SettingKey.PROFILE)),
        zones.targets());
  }

  private static boolean isOpportunistic(Setting profile) throws ConfigException {
    return ChoiceText.oneOf(profile, "strict", "opportunistic").equals("opportunistic");
  }

  private static SearchPolicy search(Setting given, SettingSources machine) throws ConfigException {
    if (given != null && given.is("off")) {
      return SearchPolicy.OFF;
    }
    SearchPolicy ofSystem =
        SearchPolicy.ofSystem(
            PlatformFiles.resolvConf(machine),
            machine.environment().get("LOCALDOMAIN"),
            machine.environment().get("RES_OPTIONS"));
    return given == null ? ofSystem : ofSystem.with(SuffixList.names(given, given.text()));
  }

  /**
   * Null for none. A hosts file that the user names must be there; the platform's need not, for
   * small containers have none.
   */
  private static Path hostsFile(Setting given, SettingSources machine) throws ConfigException {
    if (given == null) {
      return PlatformFiles.hosts(machine);
    }
    return given.is("off") ? null : PathText.toRead(given);
  }
}
