package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.wire.RecordTypes;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.harness.zone.ZoneAnswer;
import io.github.dotagent.it.harness.zone.ZoneRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneTest {
  private static ZoneAnswer ask(String name, int type) {
    return ServerFixture.ZONE.answer(name, type);
  }

  private static List<String> owners(List<ZoneRecord> records) {
    return records.stream().map(ZoneRecord::owner).toList();
  }

  @Test
  void followsAliases() {
    assertEquals(
        List.of("alias.example.test", "other.example.test", "www.example.test"),
        owners(ask("ALIAS.example.test.", RecordTypes.AAAA).answers()));
  }

  @Test
  void endsALoop() {
    ZoneAnswer loop = ask("loop.example.test", RecordTypes.A);
    assertEquals(ResponseCodes.NOERROR, loop.rcode());
    assertEquals(1, loop.answers().size());
  }

  @Test
  void distinguishesNxdomainFromNodata() {
    ZoneAnswer noName = ask("nobody.example.test", RecordTypes.A);
    assertEquals(ResponseCodes.NXDOMAIN, noName.rcode());
    assertEquals(List.of("example.test"), owners(noName.authority()));

    ZoneAnswer noData = ask("four.example.test", RecordTypes.AAAA);
    assertEquals(ResponseCodes.NOERROR, noData.rcode());
    assertEquals(List.of(), noData.answers());
    assertEquals(List.of("example.test"), owners(noData.authority()));

    assertEquals(ResponseCodes.NOERROR, ask("wild.example.test", RecordTypes.A).rcode());
  }

  @Test
  void givesNoSoaWhereThereIsNone() {
    ZoneAnswer elsewhere = ask("nobody.test", RecordTypes.A);
    assertEquals(ResponseCodes.NXDOMAIN, elsewhere.rcode());
    assertEquals(List.of(), elsewhere.authority());
  }

  @Test
  void anAliasWithoutATargetIsNoSuchName() {
    ZoneAnswer dangling = ask("dangling.example.test", RecordTypes.A);
    assertEquals(ResponseCodes.NXDOMAIN, dangling.rcode());
    assertEquals(List.of("dangling.example.test"), owners(dangling.answers()));
  }

  @Test
  void knowsWildcardsAndReverseNames() {
    assertEquals(
        List.of("any.wild.example.test"),
        owners(ask("any.wild.example.test", RecordTypes.A).answers()));
    assertEquals(1, ask("1.2.0.192.in-addr.arpa", RecordTypes.PTR).answers().size());
    Zone six = Zone.builder().ptr("2001:db8::1", 1, "six.test").build();
    String name = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
    assertEquals(1, six.answer(name, RecordTypes.PTR).answers().size());
  }
}
