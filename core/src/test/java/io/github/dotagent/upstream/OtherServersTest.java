package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.DotTransportFactory;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.testing.SameThread;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists of servers that take the place of others. Nothing is asked, so nothing is connected. */
class OtherServersTest {
  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final TlsConnector connector =
      new TlsConnector(new TlsPolicy(Authentication.NAME, Set.of(), PinMode.ENFORCE, null), log);
  private final DotTransportFactory transports =
      new DotTransportFactory(
          connector, SameThread.THREADS, timers, log, 1, 1, null, () -> {}, new Watch());
  private final ServerSetup first =
      new ServerSetup(
          transports,
          name -> new InetAddress[] {InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 9})},
          SameThread.THREADS,
          timers,
          log,
          true);

  private static List<UpstreamSpec> specs(String... servers) {
    return Stream.of(servers).map(OtherServersTest::spec).toList();
  }

  private static UpstreamSpec spec(String server) {
    if (server.equals("by.name")) {
      return UpstreamSpec.byName(server, 853);
    }
    try {
      byte[] address = {(byte) 192, 0, 2, Byte.parseByte(server)};
      return new UpstreamSpec(InetAddress.getByAddress(address), 853, "dns.example");
    } catch (UnknownHostException neverOfFour) {
      throw new AssertionError(neverOfFour);
    }
  }

  private ServerSetup next(String... zones) {
    return first.next(transports, true, Set.of(zones));
  }

  @Test
  void aServerThatIsStillNamedIsKept() {
    List<Upstream> before = first.of(specs("1", "2")).now();
    ServerSetup next = next("");
    List<Upstream> after = next.of(specs("3", "2")).now();
    assertSame(before.get(1), after.get(1));
    assertNotSame(before.get(0), after.get(0));
  }

  @Test
  void ofEachZoneItsOwn() {
    Upstream ofAll = first.of(specs("1")).now().get(0);
    Upstream ofZone = first.of(specs("1"), "corp.example").now().get(0);
    assertNotSame(ofAll, ofZone);
    ServerSetup next = next("", "corp.example");
    assertSame(ofAll, next.of(specs("1")).now().get(0));
    assertSame(ofZone, next.of(specs("1"), "corp.example").now().get(0));
  }

  @Test
  void ofAZoneThatHasAnotherNameNow() {
    Upstream ofZone = first.of(specs("1"), "corp.example").now().get(0);
    ServerSetup next = next("", "corp.example and 1 more");
    assertSame(ofZone, next.of(specs("1"), "corp.example and 1 more").now().get(0));
    assertEquals("corp.example", ofZone.status().zone(), "nothing changes before");
    next.takeOver();
    assertEquals("corp.example and 1 more", ofZone.status().zone());
  }

  @Test
  void aZoneThatStaysKeepsItsServers() {
    Upstream ofZone = first.of(specs("1"), "corp.example").now().get(0);
    ServerSetup next = next("other.example", "corp.example");
    assertNotSame(ofZone, next.of(specs("1"), "other.example").now().get(0));
    assertSame(ofZone, next.of(specs("1"), "corp.example").now().get(0));
  }

  @Test
  void serversGivenByNameStayToo() {
    Servers named = first.of(specs("by.name"));
    named.whenKnown(new Nothing());
    Upstream found = named.now().get(0);
    Servers after = next("").of(specs("by.name"));
    assertSame(found, after.now().get(0));
  }

  @Test
  void unusedSettingsRetireNoServer() {
    first.of(specs("1", "2"));
    next("").of(specs("1"));
    ServerSetup third = next("");
    List<Upstream> again = third.of(specs("1", "2")).now();
    assertEquals(2, again.size());
    third.takeOver();
    third.retireOthers();
    assertFalse(again.get(0).isOpen());
    assertTrue(log.lines().isEmpty());
  }

  private static final class Nothing implements Servers.Use {
    @Override
    public long deadlineNanos() {
      return 0;
    }

    @Override
    public void of(List<Upstream> upstreams) {}

    @Override
    public void none(Throwable why) {}
  }
}
