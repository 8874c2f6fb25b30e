package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;

/**
 * Keeps the JDK's log of security events asleep until the program wakes it. From Java 11 on the JDK
 * asks, with each certificate that it reads and each TLS handshake, whether the program logs that
 * ({@code jdk.internal.event.EventHelper.isLoggingSecurity}); the first time it makes a
 * System.Logger to find out, and so starts java.util.logging. In our threads that is before the
 * program has said which log manager it wants (OpenTelemetry #11143).
 *
 * <p>In the logger's place stands one that does nothing for threads of the agent, and for the first
 * other thread makes the real one, as the JDK would have.
 */
final class SecurityLoggerGuard {
  // of the JDK; not every release has it
  private static final String EVENTS = "jdk.internal.event.EventHelper";
  private static final String STAND_IN = "io.github.dotagent.agent.install.SecurityLogger";

  private static final String FIELD = "securityLogger";

  private SecurityLoggerGuard() {}

  /** The JDK makes its own logger once it needs one. One that the program has woken stays. */
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

  /** {@link JdkInternals} must be open. Leaves a log alone that the program has woken already. */
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
      // no such log, or, on 9 and 10, none that we can stand in for
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      log.write(
          Level.DEBUG,
          "the JDK's security log starts with the agent's first connection: " + unknownJdk);
    }
  }
}
