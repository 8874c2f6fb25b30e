package io.github.dotagent.net;

/** The release of Java that runs. */
public final class JavaRelease {
  private static final int OURS = of(System.getProperty("java.specification.version"));

  private JavaRelease() {}

  /** Such as 8 or 17. */
  public static int current() {
    return OURS;
  }

  /**
   * @param specification as {@code java.specification.version} has it, such as 1.8 or 17
   */
  static int of(String specification) {
    return Integer.parseInt(
        specification.startsWith("1.") ? specification.substring(2) : specification);
  }
}
