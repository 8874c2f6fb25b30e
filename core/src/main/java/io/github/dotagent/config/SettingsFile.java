package io.github.dotagent.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The properties file that the agent's argument names: {@code java.util.Properties}, in UTF-8. */
final class SettingsFile {
  /** The mark that Windows editors put in front of UTF-8. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Longer than usual file names, and short enough for a message. */
  private static final int LONGEST_PATH = 1_000;

  /** Thousands of lines; every setting in its longest form takes a tenth of it. */
  static final int MOST_OCTETS = 1 << 20;

  private SettingsFile() {}

  /**
   * Every setting in the file, in its order.
   *
   * @param mistakes takes a key that is given twice, with two values
   * @throws ConfigException when the file cannot be read
   */
  static List<Setting> read(String path, ConfigException.Mistakes mistakes) throws ConfigException {
    PropertyLines lines = new PropertyLines();
    try {
      lines.load(new StringReader(text(path)));
    } catch (IllegalArgumentException brokenEscape) { // the only input that load refuses
      throw wrong(path, "has a \\u without four hex digits behind it", brokenEscape);
    } catch (IOException aStringHasNone) {
      throw new AssertionError(aStringHasNone);
    }
    Setting[] byKey = new Setting[SettingKey.values().length];
    List<Setting> settings = new ArrayList<>();
    for (String[] line : lines.inOrder()) {
      boolean prefixed = line[0].startsWith(SettingKey.PROPERTY_PREFIX);
      Setting setting = new Setting(Setting.Origin.file(path, prefixed), line[0], line[1]);
      settings.add(setting);
      if (setting.key() != null) {
        refuseSecondValue(byKey[setting.key().ordinal()], setting, mistakes);
        byKey[setting.key().ordinal()] = setting;
      }
    }
    return settings;
  }

  private static void refuseSecondValue(
      Setting first, Setting second, ConfigException.Mistakes mistakes) {
    if (first != null && !first.is(second.text())) {
      mistakes.add(second.wrong("the file also has " + first.shown() + "; keep one of the two"));
    }
  }

  private static String text(String path) throws ConfigException {
    try {
      Path file = Paths.get(path);
      // a new decoder refuses octets that are not UTF-8, where new String would put question marks
      ByteBuffer octets = ByteBuffer.wrap(NamedFile.read(file, MOST_OCTETS));
      String text = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
      return text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
    } catch (NamedFile.NoFileException none) {
      throw wrong(path, none.getMessage(), null);
    } catch (CharacterCodingException notUtf8) {
      throw wrong(path, "is not UTF-8", notUtf8);
    } catch (IOException unreadable) {
      throw wrong(path, "cannot be read: " + unreadable.getMessage(), unreadable);
    } catch (InvalidPathException noPath) {
      throw wrong(path, "is not a path: " + noPath.getReason(), noPath);
    }
  }

  private static ConfigException wrong(String path, String reason, Throwable cause) {
    return new ConfigException(
        Setting.cut(path, LONGEST_PATH)
            + " (agent argument): "
            + Setting.cut(reason, 2 * LONGEST_PATH)
            + "; the argument is the path of a properties file,"
            + " such as -javaagent:dot-agent.jar=/etc/dot-agent.properties",
        cause);
  }

  /**
   * {@link Properties} that keep every line. The JDK's own silently keep only the last of two lines
   * with the same key. Not thread-safe.
   */
  private static final class PropertyLines extends Properties {
    private static final long serialVersionUID = 1L;

    private final transient List<String[]> lines = new ArrayList<>();

    /** Called by {@link Properties#load(java.io.Reader)} for each line, on Java 8 to 27. */
    @Override
    public synchronized Object put(Object key, Object value) {
      lines.add(new String[] {(String) key, (String) value});
      return super.put(key, value);
    }

    /** Pairs of key and value, in the order of the file. */
    List<String[]> inOrder() {
      return lines;
    }
  }
}
