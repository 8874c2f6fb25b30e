package io.github.dotagent.it.harness.jvm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Javas of this machine, one for each version that the agent is tested on. */
public final class InstalledJdks {
  /** Every release that the agent promises to work on and that a user is likely to meet. */
  public static final List<Integer> TESTED_VERSIONS = List.of(8, 11, 17, 21, 25, 26, 27);

  private InstalledJdks() {}

  /** A Java of that major version; empty when there is none on this machine. */
  public static Optional<JavaHome> find(int major) {
    return Optional.ofNullable(Search.FOUND.get(major));
  }

  /** All that were found, tested version or not. */
  public static List<JavaHome> all() {
    return List.copyOf(Search.FOUND.values());
  }

  /** What a skipped test says. */
  public static String missing(int major) {
    return "Java " + major + " is not on this machine";
  }

  /** Looked for once: machines do not gain a Java during a test run. */
  private static final class Search {
    static final Map<Integer, JavaHome> FOUND = search();

    private static Map<Integer, JavaHome> search() {
      Map<Integer, JavaHome> found = new TreeMap<>();
      JavaHome current = JavaHome.current();
      found.put(current.major(), current);
      JavaFolders.candidates()
          .forEach(
              folder ->
                  JavaVersionReader.majorOf(folder)
                      .ifPresent(major -> found.putIfAbsent(major, new JavaHome(folder, major))));
      return found;
    }
  }
}
