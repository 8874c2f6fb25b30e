package io.github.dotagent.agent.hook.resolver;

import io.github.dotagent.agent.hook.JdkInternals;
import java.lang.reflect.Method;
import java.util.function.Supplier;

/**
 * The machine's name as the JDK gives it to a provider's Configuration, if the JDK made no
 * Configuration for the agent. {@code java.net} must be open to this class.
 */
final class LocalHostNameOfPlatform implements Supplier<String> {
  private final Object platform;
  private final Method localHostName;

  LocalHostNameOfPlatform() throws ReflectiveOperationException {
    platform = JdkInternals.staticOfInetAddress("impl");
    localHostName = platform.getClass().getMethod("getLocalHostName");
    localHostName.setAccessible(true);
  }

  @Override
  public String get() {
    try {
      return (String) localHostName.invoke(platform);
    } catch (ReflectiveOperationException nameless) {
      return "";
    }
  }
}
