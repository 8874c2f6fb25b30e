package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.concurrent.AgentThread;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ResourceBundle;

/**
 * Stands in for the JDK's logger of security events; see {@link SecurityLoggerGuard}. EventHelper
 * calls {@code log(Level, String, Object...)} and, to decide, {@code isLoggable}.
 */
final class LazySecurityLogger implements System.Logger {
  private static final String NAME = "jdk.event.security"; // EventHelper.SECURITY_LOGGER_NAME

  private final Class<?> events;

  LazySecurityLogger(Class<?> events) {
    this.events = events;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean isLoggable(Level level) {
    return !AgentThread.isCurrent() && awake().isLoggable(level);
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
    if (!AgentThread.isCurrent()) {
      awake().log(level, bundle, text, thrown);
    }
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String format, Object... values) {
    if (!AgentThread.isCurrent()) {
      awake().log(level, bundle, format, values);
    }
  }

  /**
   * The real one, which replaces this permanently. Under a SecurityManager the caller may be a
   * program that must not do that itself.
   */
  private System.Logger awake() {
    return AccessController.doPrivileged(
        new PrivilegedAction<System.Logger>() {
          @Override
          public System.Logger run() {
            return replaced();
          }
        });
  }

  private System.Logger replaced() {
    System.Logger real = System.getLogger(NAME);
    try {
      JdkInternals.setStatic(events, "securityLogger", real);
      JdkInternals.setStatic(events, "loggingSecurity", real.isLoggable(Level.DEBUG));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      // this one stays in front of it: an exception would reach a program that reads a certificate
    }
    return real;
  }
}
