package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/** What a scenario printed, in parts: each begins with a line {@code == TITLE}. */
public final class ScenarioParts {
  private static final String TITLE = "== ";

  private ScenarioParts() {}

  /** Fails with each part that differs, and not with the first one alone. */
  public static void assertSame(List<String> expected, List<String> said) {
    Map<String, String> wanted = parts(expected);
    Map<String, String> found = parts(said);
    Set<String> titles = new LinkedHashSet<>(wanted.keySet());
    titles.addAll(found.keySet());
    List<Executable> checks = new ArrayList<>();
    for (String title : titles) {
      checks.add(() -> assertEquals(wanted.get(title), found.get(title), title));
    }
    checks.add(
        () ->
            assertEquals(
                List.copyOf(wanted.keySet()), List.copyOf(found.keySet()), "the order of parts"));
    assertAll(checks);
  }

  /** Each with its lines. What comes before the first title is a part too; a title may recur. */
  private static Map<String, String> parts(List<String> lines) {
    Map<String, String> parts = new LinkedHashMap<>();
    String title = "before the first part";
    for (String line : lines) {
      if (line.startsWith(TITLE)) {
        title = line;
        while (parts.containsKey(title)) {
          title += ", again";
        }
        parts.put(title, "");
      } else {
        parts.merge(title, line + "\n", String::concat);
      }
    }
    return parts;
  }
}
