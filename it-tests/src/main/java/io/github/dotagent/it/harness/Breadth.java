package io.github.dotagent.it.harness;

import io.github.dotagent.it.harness.jvm.JavaHome;
import java.util.Optional;
import java.util.Set;

/** How much a run of the tests covers. */
public enum Breadth {
  /** The tests of every build: a few Javas, and child JVMs with options for a fast start. */
  NARROW,

  /** All there is: every Java, the long cases, and child JVMs as users start them. */
  WIDE;

  /** Named by the build, with the profile {@code wide} or without. */
  public static final String PROPERTY = "it.breadth";

  /** The oldest, and the newest that many have: the two hooks, JSSE and sockets old and new. */
  private static final Set<Integer> WHOLE = Set.of(8, 25);

  /** Empty where no build runs it, such as a benchmark. */
  public static Optional<Breadth> ofThisBuild() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Breadth::valueOf);
  }

  /**
   * Whether a test of every Java does all of its steps on this one: in every build on 8 and 25, and
   * with the profile {@code wide} on the others, which have a short form of it else.
   */
  public static boolean isWhole(JavaHome java) {
    return ofThisBuild().equals(Optional.of(WIDE)) || WHOLE.contains(java.major());
  }

  /** How often something is done that finds more the more often it is done. */
  public static int times(int narrow, int wide) {
    return ofThisBuild().equals(Optional.of(WIDE)) ? wide : narrow;
  }
}
