package io.github.dotagent.config;

/** {@code mode}, and the settings that say nothing, or the contrary, beside {@code observe}. */
final class ObserveMode {
  private ObserveMode() {}

  /** Whether it is {@code observe}. */
  static boolean read(GivenSettings settings) throws ConfigException {
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
   * {@code bypass}. Where names are observed nothing is routed: that is reported.
   *
   * @throws ConfigException when it is to refuse what observing lets go
   */
  static BypassMode bypass(GivenSettings settings, boolean observes) throws ConfigException {
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
}
