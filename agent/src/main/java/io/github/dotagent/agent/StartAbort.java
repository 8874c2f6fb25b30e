package io.github.dotagent.agent;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.function.Predicate;

/**
 * Ends the JVM before the program starts, with one message. To continue would send names in the
 * clear, and an exception from premain would hide the message under three stack traces and a core
 * dump.
 *
 * <p>From Java 26 on, a JVM that is halted within premain waits a minute for premain to return
 * (JDK-8387045, jvmtiEventController.cpp, vm_death). So there premain returns, and the launcher
 * finds a class that halts in place of its own class that loads the program. If a cache of classes
 * (JEP 514) has loaded the launcher's own class before premain, that class is patched.
 */
final class StartAbort implements ClassFileTransformer {
  /** The exit code of a JVM that cannot start. */
  private static final int EXIT_CODE = 1;

  private static final String LAUNCHER_HELPER = "sun/launcher/LauncherHelper";
  private static final String STAND_IN =
      "/io/github/dotagent/isolated/8/sun/launcher/LauncherHelper.classdata";
  private static final String PATCH = "io.github.dotagent.agent.install.LauncherHalt";

  /** The value of the property when the JDK's own {@code java} command starts the program. */
  private static final String JAVA_COMMAND = "SUN_STANDARD";

  /** The releases whose halt does not wait: Java 8 by its other spelling, and 9 to 25. */
  private static final int LAST_PROMPT = 25;

  private final byte[] standIn;

  private StartAbort(byte[] standIn) {
    this.standIn = standIn;
  }

  /**
   * Does not return, except to let premain return to a JVM that will not start the program.
   *
   * @param jar the agent's; null if it cannot be found
   */
  static void because(String reason, File jar, Instrumentation instrumentation) {
    String line = "dot-agent: the JVM does not start: " + reason + System.lineSeparator();
    try {
      new FileOutputStream(FileDescriptor.err).write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException stderrIsClosed) {
      // the exit code still shows it
    }
    boolean mayReturn =
        !haltIsPrompt()
            && JAVA_COMMAND.equals(System.getProperty("sun.java.launcher"))
            && (launcherIsLoaded(instrumentation)
                ? patchesLauncher(jar, instrumentation)
                : replacesLauncher(instrumentation));
    if (!mayReturn) {
      Runtime.getRuntime().halt(EXIT_CODE); // the program cannot have a shutdown hook yet
    }
  }

  private static boolean launcherIsLoaded(Instrumentation instrumentation) {
    String name = LAUNCHER_HELPER.replace('/', '.');
    for (Class<?> loaded : instrumentation.getInitiatedClasses(null)) {
      if (loaded.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked") // LauncherHalt
  private static boolean patchesLauncher(File jar, Instrumentation instrumentation) {
    if (jar == null) {
      return false;
    }
    try {
      Predicate<Instrumentation> patch =
          (Predicate<Instrumentation>)
              Class.forName(PATCH, true, IsolatedLoader.ofThisJvm(jar))
                  .asSubclass(Predicate.class)
                  .getDeclaredConstructor()
                  .newInstance();
      return patch.test(instrumentation);
    } catch (IOException | ReflectiveOperationException | RuntimeException | Error broken) {
      return false; // a slow end is better than a program without the agent
    }
  }

  private static boolean replacesLauncher(Instrumentation instrumentation) {
    byte[] standIn = standIn();
    if (standIn == null) {
      return false;
    }
    instrumentation.addTransformer(new StartAbort(standIn));
    return true;
  }

  /** Uses no helper class, because a broken jar might lack it. */
  private static boolean haltIsPrompt() {
    String version = System.getProperty("java.specification.version");
    return version.startsWith("1.") || Integer.parseInt(version) <= LAST_PROMPT;
  }

  /** Null when the jar lacks it. */
  private static byte[] standIn() {
    try (InputStream in = StartAbort.class.getResourceAsStream(STAND_IN)) {
      if (in == null) {
        return null;
      }
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        octets.write(octet);
      }
      return octets.toByteArray();
    } catch (IOException unreadable) {
      return null;
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    return LAUNCHER_HELPER.equals(className) ? standIn : null;
  }
}
