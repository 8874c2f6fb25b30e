package io.github.dotagent.config;

import io.github.dotagent.net.InternationalName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads domain names, and lists of them. */
final class DomainNameText {
  /** RFC 1035 §2.3.4: 255 octets with length octets and root, which leaves 253 characters. */
  private static final int NAME_CHARACTERS = 253;

  /** RFC 1035 §2.3.4. */
  private static final int LABEL_CHARACTERS = 63;

  private DomainNameText() {}

  /** The name in lower case, without the dot at its end. Names are compared in this form. */
  static String plain(String name) {
    String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return relative.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the name is a host name (RFC 1123 §2.1): its labels have letters, digits and inner
   * hyphens, and the last label is not a number.
   *
   * @param name {@link #plain}
   */
  static boolean isHostName(String name) {
    return name.indexOf('_') < 0 && isDomainName(name);
  }

  /**
   * The same, with underscores as well: service names have them, and names inside clusters.
   *
   * @param name {@link #plain}
   */
  static boolean isDomainName(String name) {
    if (name.length() > NAME_CHARACTERS) {
      return false;
    }
    int start = 0;
    int dot = name.indexOf('.');
    while (dot >= 0) {
      if (!isLabel(name, start, dot)) {
        return false;
      }
      start = dot + 1;
      dot = name.indexOf('.', start);
    }
    return isLabel(name, start, name.length()) && !CountText.isDigits(name.substring(start));
  }

  private static boolean isLabel(String name, int start, int end) {
    boolean good =
        end > start
            && end - start <= LABEL_CHARACTERS
            && name.charAt(start) != '-'
            && name.charAt(end - 1) != '-';
    for (int i = start; good && i < end; i++) {
      char c = name.charAt(i);
      good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
    return good;
  }

  /** Suggests a valid form, such as the xn-- form of a name; null when there is none. */
  static String nearest(String name) {
    String bare = name.startsWith("*.") ? name.substring(2) : name;
    String trimmed = bare.trim();
    try {
      String ascii =
          plain(InternationalName.isAscii(trimmed) ? trimmed : InternationalName.toAscii(trimmed));
      return isDomainName(ascii) ? ascii : null;
    } catch (InternationalName.NoAsciiFormException notEvenThat) {
      return null;
    }
  }

  /** Reads a comma-separated list of names. Each is in lower case, without dots at either end. */
  static List<String> list(Setting setting, String text) throws ConfigException {
    List<String> names = new ArrayList<>();
    for (String entry : ListText.read(setting, text)) {
      String name = plain(entry.startsWith(".") ? entry.substring(1) : entry);
      if (entry.equals("off")) { // "off" means no list at all; it is not a name
        throw setting.wrong("off must stand alone; remove it from the list");
      }
      if (!isDomainName(name)) {
        throw refused(setting, entry);
      }
      names.add(name);
    }
    return names;
  }

  private static ConfigException refused(Setting setting, String entry) {
    if (entry.startsWith("+")) {
      return setting.wrong("the + that adds to the default is written once, before the first name");
    }
    return setting.misspelled(Setting.quoted(entry) + " is not a domain name", nearest(entry));
  }
}
