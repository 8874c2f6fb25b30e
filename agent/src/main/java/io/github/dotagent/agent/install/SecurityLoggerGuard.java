package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;

/**
 * Keeps the JDK's log of security events inactive until the program uses it. On Java 11 and newer,
 * with each certificate that it reads and each TLS handshake, the JDK asks whether the program logs
 * that ({@code jdk.internal.event.EventHelper.isLoggingSecurity}). The first time it makes a
 * System.Logger for that, and so starts java.util.logging. On the agent's threads that would be
 * before the program has chosen its log manager (OpenTelemetry #11143).
 *
 * <p>So another logger takes its place. It does nothing on the agent's threads. On the first other
 * thread it makes the real logger, as the JDK would have done.
 */
final class SecurityLoggerGuard {
  // of the JDK; not every release has it
  private static final String EVENTS = "jdk.internal.event.EventHelper";
  private static final String STAND_IN = "io.github.dotagent.agent.install.LazySecurityLogger";

  private static final String FIELD = "securityLogger";

  private SecurityLoggerGuard() {}

  /**
   * The JDK makes its own logger when it needs one. One that the program has already made stays.
   */
  static void release() throws ReflectiveOperationException {
    try {
      Class<?> events = Class.forName(EVENTS, true, null);
      Object logger = JdkInternals.staticOf(events, FIELD);
      if (logger != null && logger.getClass().getName().equals(STAND_IN)) {
        JdkInternals.setStatic(events, "loggingSecurity", false);
        JdkInternals.setStatic(events, FIELD, null);
      }
    } catch (ClassNotFoundException | NoSuchFieldException noneToStandInFor) {
      // Java 8 to 10
    }
  }

  /**
   * {@link JdkInternals} must be open. Does not replace a logger that the program has already made.
   */
  static void keep(Log log) {
    try {
      Class<?> events = Class.forName(EVENTS, true, null);
      if (JdkInternals.staticOf(events, FIELD) == null) {
        // by name, because the class is of the Java 11 layer
        Object standIn =
            Class.forName(STAND_IN, true, SecurityLoggerGuard.class.getClassLoader())
                .getDeclaredConstructor(Class.class)
                .newInstance(events);
        JdkInternals.setStatic(events, FIELD, standIn);
        JdkInternals.setStatic(events, "loggingSecurity", true);
      }
    } catch (ClassNotFoundException java8) {
      // no such log, or, on 9 and 10, none that can be replaced
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      log.write(
          Level.DEBUG,
          "the JDK's security log starts with the agent's first connection: " + unknownJdk);
    }
  }
}
