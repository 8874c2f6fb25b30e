package sun.launcher;

/**
 * Stands in for the JDK's own class of this name in a JVM that must not start; see {@code
 * io.github.dotagent.agent.StartAbort}. The launcher first looks one of the methods up, which makes
 * the JVM run the initialiser.
 */
final class LauncherHelper {
  /** The exit code of a JVM that cannot start. */
  private static final int EXIT_CODE = 1;

  static {
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private LauncherHelper() {}

  // never run: the initialiser ends the JVM before

  static Class<?> checkAndLoadMain(boolean printToStderr, int mode, String what) {
    return null;
  }

  static String makePlatformString(boolean printToStderr, byte[] text) {
    return null;
  }
}
