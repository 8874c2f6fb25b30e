package io.github.dotagent.config;

/**
 * The settings whose behaviour is not in this version. Their values are read, and one that asks for
 * something is refused: nobody shall believe in a protection or a speed that is not there.
 *
 * <p>THE ONE LIST OF THEM. What becomes available leaves this file for the reader of its group.
 */
final class LaterWork {
  private static final String NOT_YET = "not available in this version";

  private LaterWork() {}

  static void refuse(GivenSettings settings) throws ConfigException {
    Setting bypass = settings.orDefault(SettingKey.BYPASS);
    ChoiceText.oneOf(bypass, "route", "report", "block", "off");
    only("off", bypass, bypass.is("off"));
  }

  private static void only(String harmless, Setting setting, boolean asksForNothing)
      throws ConfigException {
    if (!asksForNothing) {
      throw setting.wrong(NOT_YET + "; write " + harmless + " or leave it out");
    }
  }
}
