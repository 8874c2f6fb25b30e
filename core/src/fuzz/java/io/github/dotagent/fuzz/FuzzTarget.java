package io.github.dotagent.fuzz;

import java.util.List;

/**
 * A reader of octets or text from outside. Found as a service: a target stands in {@code
 * META-INF/services} of its module, and its corpus is {@code fuzz/NAME.txt} among the resources.
 */
public interface FuzzTarget {
  /**
   * Reads octets as the product does. What the reader documents that it throws is caught here.
   *
   * @throws Exception any other, which is a finding, as any Error is
   */
  void read(byte[] octets) throws Exception;

  /** Octets to begin with beside the corpus, such as what this JDK brings along. */
  default List<byte[]> found() {
    return List.of();
  }

  /** How many variants of its corpus every build reads; fewer where one takes a millisecond. */
  default int variants() {
    return 2_000;
  }

  /** As the corpus and the command line call it. */
  default String name() {
    return getClass().getSimpleName().replaceFirst("Fuzz$", "");
  }
}
