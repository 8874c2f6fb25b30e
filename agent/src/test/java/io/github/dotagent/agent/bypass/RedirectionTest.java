package io.github.dotagent.agent.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.testing.ListedLog;
import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingSources;
import io.github.dotagent.resolver.NoSystemResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedirectionTest {
  private static final byte[] SERVER = {(byte) 192, 0, 2, 1};

  private final ListedLog log = new ListedLog();
  private final DotCore core = DotCore.of(config("route"), new NoSystemResolver(""), log);

  private static DotConfig config(String bypass) {
    try {
      return ConfigLoader.load(
          new SettingSources(
              Map.of("dotagent.upstreams", "192.0.2.53@853#dns.example", "dotagent.bypass", bypass),
              Map.of(),
              null));
    } catch (ConfigException wrong) {
      throw new AssertionError(wrong);
    }
  }

  @AfterEach
  void end() {
    core.end();
  }

  /** A daemon thread of the program's may ask until the last moment. */
  @Test
  void afterTheEndOfTheJvmBeginsQueriesAreRefusedWithoutALogLine() throws IOException {
    Redirection redirection = new Redirection(core, log);
    InetSocketAddress server = new InetSocketAddress(InetAddress.getByAddress(SERVER), 53);
    core.close();
    SocketException refused =
        assertThrows(SocketException.class, () -> redirection.to(server, false));
    assertEquals("192.0.2.1@53 is not asked: the JVM is shutting down", refused.getMessage());
    assertEquals(List.of(), log.lines);
  }

  /** Behind a proxy of the program's own, which would look the name up. */
  @Test
  void aServerWithoutAddressIsRefusedOnlyWithBlock() throws IOException {
    InetSocketAddress server = InetSocketAddress.createUnresolved("dns.example", 53);
    assertSame(server, new Redirection(core, log).to(server, false));
    assertEquals(List.of(), log.lines);
    DotCore blocking = DotCore.of(config("block"), new NoSystemResolver(""), log);
    try {
      SocketException refused =
          assertThrows(
              SocketException.class, () -> new Redirection(blocking, log).to(server, false));
      assertEquals(
          "dns.example@53 is not asked (dotagent.bypass=block), because its address is not known",
          refused.getMessage());
      assertEquals(1, log.lines.size());
    } finally {
      blocking.end();
    }
  }

  /** With mode=observe, before and after the agent's start, even if it fails. */
  @Test
  void whileObservingQueriesGoToTheLibrarysServer() throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getByAddress(SERVER), 53);
    RedirectionGate gate = new RedirectionGate(Long.MAX_VALUE, true);
    assertSame(server, gate.to(server));
    assertSame(server, gate.shown(server));
    assertNull(gate.shown(null));
    gate.open(new Redirection(core, log)); // an installed redirection changes nothing
    assertSame(server, gate.to(server));
    assertSame(server, gate.shown(server));
    assertNull(gate.shown(null));
    gate.fail();
    assertSame(server, gate.to(server));
  }
}
