package io.github.dotagent.agent;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;

/**
 * Ends the JVM before the program starts, with one message. To continue would send names in the
 * clear, and an exception from premain would hide the message under three stack traces and a core
 * dump.
 *
 * <p>From Java 26 on, a JVM that is halted within premain waits a minute for premain to return
 * (JDK-8387045, jvmtiEventController.cpp, vm_death). There premain returns, and the launcher finds
 * a class that halts in place of the one that would load the program.
 */
final class StartAbort implements ClassFileTransformer {
  /** As the JVM itself when it cannot start. */
  private static final int EXIT_CODE = 1;

  private static final String LAUNCHER_HELPER = "sun/launcher/LauncherHelper";
  private static final String STAND_IN =
      "/io/github/dotagent/isolated/8/sun/launcher/LauncherHelper.classdata";

  /** The value of the property when the JDK's own {@code java} command starts the program. */
  private static final String JAVA_COMMAND = "SUN_STANDARD";

  /** The releases whose halt does not wait: Java 8 by its other spelling, and 9 to 25. */
  private static final int LAST_PROMPT = 25;

  private final byte[] standIn;

  private StartAbort(byte[] standIn) {
    this.standIn = standIn;
  }

  /** Does not return, except to let premain return to a JVM that will not start the program. */
  static void because(String reason, Instrumentation instrumentation) {
    String line = "dot-agent: the JVM does not start: " + reason + System.lineSeparator();
    try {
      new FileOutputStream(FileDescriptor.err).write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException stderrIsClosed) {
      // the exit code still shows it
    }
    byte[] standIn = haltIsPrompt() ? null : standIn();
    if (standIn == null || !JAVA_COMMAND.equals(System.getProperty("sun.java.launcher"))) {
      Runtime.getRuntime().halt(EXIT_CODE); // the program cannot have a shutdown hook yet
    }
    instrumentation.addTransformer(new StartAbort(standIn));
  }

  /** Without a helper class, which a broken jar might lack. */
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
