package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.logging.LogSettings;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.QueuedLog;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM has no memory for a part of the agent, once the hook is in place. */
class InstallerTest {
  @TempDir Path folder;

  private final List<String> steps = new ArrayList<>();

  private final LookupHook hook =
      proxy(
          LookupHook.class,
          method -> {
            steps.add(method);
            return method.equals("takesLookups") || method.equals("retransforms") ? false : null;
          });

  private static <T> T proxy(Class<T> type, Function<String, Object> calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> calls.apply(method.getName())));
  }

  private AgentRemoval installedWithout(String part) throws IOException {
    Path settings = folder.resolve("settings");
    Files.write(settings, List.of("upstreams=127.0.0.1@853#dns.example.test", "install=abort"));
    Instrumentation instrumentation =
        proxy(
            Instrumentation.class,
            method -> {
              if (method.equals(part)) {
                throw new OutOfMemoryError("of the JVM");
              }
              if (method.equals("removeTransformer")) {
                steps.add(method);
                return true;
              }
              return method.equals("getAllLoadedClasses") ? new Class<?>[0] : null;
            });
    return Installer.installed(
        SettingsAtStart.read(settings.toString()),
        hook,
        instrumentation,
        new QueuedLog(new LogSettings(Level.OFF, null)),
        false);
  }

  @Test
  void withAbortNothingIsLeftAndTheReasonIsSaid() {
    StartRefused refused =
        assertThrows(StartRefused.class, () -> installedWithout("addTransformer"));
    assertTrue(refused.getMessage().contains("OutOfMemoryError: of the JVM"), refused.toString());
    assertEquals(
        List.of("install", "removeTransformer", "remove"),
        steps.stream()
            .filter(step -> step.equals("install") || step.startsWith("remove"))
            .toList());
  }
}
