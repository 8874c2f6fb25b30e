package io.github.dotagent.it.harness;

import io.github.dotagent.it.harness.jvm.InstalledJdks;
import java.util.List;
import java.util.stream.Stream;

/** Which Javas a test runs on. */
final class JavaVersions {
  private static final List<Integer> FEW = List.of(8, 17, 25);

  private JavaVersions() {}

  /**
   * @param test its class and method: where a build has one Java for a test, the names spread the
   *     tests over the few
   */
  static List<Integer> of(EachJava asked, Breadth breadth, String test) {
    if (asked.every() || breadth == Breadth.WIDE && !asked.few()) {
      return every(asked.from(), asked.to());
    }
    List<Integer> few = few(asked.from(), asked.to());
    if (breadth == Breadth.WIDE || few.isEmpty() || !asked.few() && !asked.one()) {
      return few;
    }
    // String.hashCode is the same on every Java, so a test keeps its own from build to build
    return List.of(few.get(Math.floorMod(test.hashCode(), few.size())));
  }

  /**
   * @param wanted versions with commas between them; empty: all
   */
  static List<Integer> alone(String wanted, List<Integer> majors) {
    if (wanted.isEmpty()) {
      return majors;
    }
    List<Integer> these = Stream.of(wanted.split(",")).map(Integer::valueOf).toList();
    return majors.stream().filter(these::contains).toList();
  }

  static List<Integer> every(int from, int to) {
    return within(from, to, InstalledJdks.TESTED_VERSIONS);
  }

  /** Never empty if a tested Java is within the range, so a narrow run drops no test. */
  static List<Integer> few(int from, int to) {
    List<Integer> few = within(from, to, FEW);
    return few.isEmpty() ? every(from, to) : few;
  }

  private static List<Integer> within(int from, int to, List<Integer> majors) {
    return majors.stream().filter(major -> major >= from && major <= to).toList();
  }
}
