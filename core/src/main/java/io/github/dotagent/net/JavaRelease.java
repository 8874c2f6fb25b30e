package io.github.dotagent.net;

/** The Java release of this JVM. */
public final class JavaRelease {
  private static final int OURS = of(System.getProperty("java.specification.version"));

  private JavaRelease() {}

  /** Such as 8 or 17. */
  public static int current() {
    return OURS;
  }

  /**
   * @param specification the value of {@code java.specification.version}, such as 1.8 or 17
   */
  static int of(String specification) {
    return Integer.parseInt(
        specification.startsWith("1.") ? specification.substring(2) : specification);
  }
}
