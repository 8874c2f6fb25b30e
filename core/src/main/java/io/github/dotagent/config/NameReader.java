package io.github.dotagent.config;

import io.github.dotagent.resolver.NamePolicy;
import java.nio.file.Path;

/** Reads {@code system.*} and {@code hosts}. */
final class NameReader {
  private NameReader() {}

  static NamePolicy read(GivenSettings settings, SettingSources machine) throws ConfigException {
    Setting suffixes = settings.given(SettingKey.SYSTEM_SUFFIXES);
    return new NamePolicy(
        suffixes == null ? LocalSuffixes.all() : SuffixList.system(suffixes),
        BooleanText.read(settings.orDefault(SettingKey.SYSTEM_SINGLE_LABEL)),
        hostsFile(settings.given(SettingKey.HOSTS), machine));
  }

  /**
   * Null for none. A hosts file that the user names must be there; the platform's need not, for
   * small containers have none.
   */
  private static Path hostsFile(Setting given, SettingSources machine) throws ConfigException {
    if (given == null) {
      return PlatformHostsFile.of(machine);
    }
    return given.is("off") ? null : PathText.toRead(given);
  }
}
