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
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM has no memory for a part of the agent, once the hook is in place. */
class InstallerTest {
  @TempDir Path folder;

  private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
  private String broken = ""; // the hook's

  private final LookupHook hook =
      proxy(
          LookupHook.class,
          method -> {
            steps.add(method);
            if (method.equals(broken)) {
              throw new OutOfMemoryError("of the JVM");
            }
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
    return installedWithout(part, false, "install=abort");
  }

  private AgentRemoval installedWithout(String part, boolean running, String... more)
      throws IOException {
    Path settings = folder.resolve("settings");
    List<String> lines = new ArrayList<>(List.of(more));
    lines.add("upstreams=127.0.0.1@853#dns.example.test");
    Files.write(settings, lines);
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
        running);
  }

  @Test
  void withAbortNothingStaysInstalledAndTheReasonIsPrinted() {
    StartRefused refused =
        assertThrows(StartRefused.class, () -> installedWithout("addTransformer"));
    assertTrue(refused.getMessage().contains("OutOfMemoryError: of the JVM"), refused.toString());
    assertEquals(
        List.of("install", "removeTransformer", "remove"),
        steps.stream()
            .filter(step -> step.equals("install") || step.startsWith("remove"))
            .toList());
  }

  /** Otherwise every lookup of a program that worked would fail. */
  @Test
  void anAttachedAgentThatCannotStartIsTakenOut() throws IOException {
    broken = "openJdkInternals"; // by the thread that starts
    AgentRemoval removal = installedWithout("", true, "bypass=off");
    assertEquals(
        "it could not start: java.lang.OutOfMemoryError: of the JVM", removal.afterFailedStart());
    assertTrue(removal.isOut());
    assertTrue(steps.contains("remove"), steps.toString());
  }
}
