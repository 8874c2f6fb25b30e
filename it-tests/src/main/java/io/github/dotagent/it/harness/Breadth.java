package io.github.dotagent.it.harness;

import java.util.Optional;

/** How much a run of the tests covers. */
public enum Breadth {
  /** The tests of every build: a few Javas, and child JVMs with options for a fast start. */
  NARROW,

  /** All there is: every Java, the long cases, and child JVMs as users start them. */
  WIDE;

  /** Named by the build, with the profile {@code wide} or without. */
  public static final String PROPERTY = "it.breadth";

  /** Empty where no build runs it, such as a benchmark. */
  public static Optional<Breadth> ofThisBuild() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Breadth::valueOf);
  }
}
