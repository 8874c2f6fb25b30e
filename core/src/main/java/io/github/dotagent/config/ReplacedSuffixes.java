package io.github.dotagent.config;

import io.github.dotagent.resolver.NamePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code system.suffixes} without the {@code +} takes the default away, and the names of the
 * machine's network go upstream: seldom intended, so the agent warns.
 */
public final class ReplacedSuffixes {
  private ReplacedSuffixes() {}

  /** The warning; empty if the default still holds, or the list is off. */
  public static Optional<String> remark(NamePolicy policy) {
    List<String> given = policy.systemSuffixes();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    List<String> missing = new ArrayList<>();
    for (String name : LocalSuffixes.names()) {
      if (!isUnder(name, given)) {
        missing.add(name);
      }
    }
    for (String zone : LocalSuffixes.all()) {
      if (zone.endsWith(".arpa") && !missing.contains(zone) && !isUnder(zone, given)) {
        missing.add("the reverse zones of private addresses");
        break;
      }
    }
    return missing.isEmpty()
        ? Optional.<String>empty()
        : Optional.of(
            "dotagent.system.suffixes without a + replaces its default: names under "
                + String.join(", ", missing)
                + " are asked of the upstreams; +"
                + Setting.cut(String.join(",", given), 200)
                + " adds to the default");
  }

  private static boolean isUnder(String name, List<String> suffixes) {
    for (String suffix : suffixes) {
      if (name.equals(suffix) || name.endsWith('.' + suffix)) {
        return true;
      }
    }
    return false;
  }
}
