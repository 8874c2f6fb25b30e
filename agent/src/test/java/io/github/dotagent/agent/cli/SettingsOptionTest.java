package io.github.dotagent.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SettingsOptionTest {
  private static final String OURS = "127.0.0.1@8853#dns.example";

  @TempDir Path folder;

  private SettingsOption option(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("dot-agent.properties"), List.of(lines));
    return CommandLine.populateCommand(new SettingsOption(), "--settings", file.toString());
  }

  /** The defaults' servers are others than the user's, and would be told the user's names. */
  @Test
  void theServersOfASwitchedOffAgentAreUsed() throws Exception {
    SettingsOption off = option("enabled=false", "upstreams=" + OURS);
    assertTrue(off.isSwitchedOff());
    assertEquals("[" + OURS + "]", off.config().upstreams().toString());
    assertEquals("[127.0.0.1@53]", off.configWith("127.0.0.1@53").upstreams().toString());
  }

  @Test
  void theServersOfASwitchedOnAgentAreUsed() throws Exception {
    SettingsOption on = option("upstreams=" + OURS);
    assertFalse(on.isSwitchedOff());
    assertEquals("[" + OURS + "]", on.config().upstreams().toString());
  }

  @Test
  void anInvalidEnabledIsAConfigException() throws IOException {
    assertThrows(ConfigException.class, option("enabled=maybe")::config);
  }
}
