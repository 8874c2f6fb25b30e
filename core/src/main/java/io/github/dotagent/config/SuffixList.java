package io.github.dotagent.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a list of domain names that other names may end with. */
final class SuffixList {
  private SuffixList() {}

  /**
   * The suffixes that {@code system.suffixes} asks for: the default and more ({@code +}), others,
   * or none ({@code off}).
   */
  static List<String> system(Setting given) throws ConfigException {
    if (given.is("off")) {
      return new ArrayList<>();
    }
    boolean more = given.text().startsWith("+");
    Set<String> suffixes = new LinkedHashSet<>();
    if (more) {
      suffixes.addAll(LocalSuffixes.all());
    }
    suffixes.addAll(names(given, more ? given.text().substring(1) : given.text()));
    return new ArrayList<>(suffixes);
  }

  /** In lower case, without dots at either end. */
  static List<String> names(Setting setting, String text) throws ConfigException {
    List<String> names = new ArrayList<>();
    for (String entry : ListText.read(setting, text)) {
      String name = DomainNameText.plain(entry.startsWith(".") ? entry.substring(1) : entry);
      if (entry.equals("off")) { // it asks for no list at all, and is never a name in one
        throw setting.wrong("off stands alone; leave it out of the list");
      }
      if (!DomainNameText.isDomainName(name)) {
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
    return setting.misspelled(
        Setting.quoted(entry) + " is not a domain name", DomainNameText.nearest(entry));
  }
}
