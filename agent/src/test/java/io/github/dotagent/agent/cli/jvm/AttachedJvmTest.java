package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.agent.cli.CommandFailure;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A JVM whose answers never end: what reads them has no more memory, and the command says so. */
class AttachedJvmTest {
  private static final String SAID = "4711 cannot be attached to: of a test\\027";

  @TempDir Path proc; // an empty folder

  @Test
  void eachRequestEndsInOneLine() {
    AttachedJvm jvm = new AttachedJvm(new TargetProcess(proc, 4711), new Endless());
    refused(() -> jvm.loadAgent("agent.jar", ""));
    refused(jvm::systemProperties);
    refused(jvm::managementAddress);
    jvm.close(); // must not throw
  }

  @Test
  void theStartOfManagementEndsInOneLine() {
    Endless noAddress =
        new Endless() {
          @Override
          public Properties agentProperties() {
            return new Properties();
          }
        };
    refused(new AttachedJvm(new TargetProcess(proc, 4711), noAddress)::managementAddress);
  }

  private static void refused(Executable request) {
    assertEquals(SAID, assertThrows(CommandFailure.class, request).getMessage());
  }

  private static class Endless implements AttachChannel {
    private static OutOfMemoryError full() {
      return new OutOfMemoryError("of a test\u001b");
    }

    @Override
    public void loadAgent(String jar, String argument) {
      throw full();
    }

    @Override
    public Properties systemProperties() {
      throw full();
    }

    @Override
    public Properties agentProperties() {
      throw full();
    }

    @Override
    public void startManagement() {
      throw full();
    }

    @Override
    public void detach() {
      throw full();
    }
  }
}
