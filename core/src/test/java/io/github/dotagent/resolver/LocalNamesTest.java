package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Names that are answered here or by the system: families, order and messages. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalNamesTest {
  @TempDir Path folder;

  private final Witnesses witnesses = new Witnesses();

  private PolicyResolver resolver(String... hosts) throws IOException {
    Path file = Files.write(folder.resolve("hosts"), List.of(hosts));
    return Resolvers.with(witnesses, Resolvers.policy(List.of("local"), true, file));
  }

  @Test
  void lookingAroundReadsTheFileAndAsksNoServer() throws IOException {
    PolicyResolver resolver = resolver("192.0.2.2 db.example");

    resolver.readAhead();
    Files.delete(folder.resolve("hosts")); // no time passes: it is not looked at again
    List<String> found = found(resolver, "db.example", AddressFamilyPolicy.IPV4_FIRST);

    assertEquals(List.of("db.example/192.0.2.2"), found);
    assertEquals(List.of(), witnesses.asked());
  }

  private static List<String> found(PolicyResolver resolver, String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    return Resolvers.texts(resolver.addresses(host, order));
  }

  @ParameterizedTest
  @CsvSource({
    "IPV4_ONLY, 127.0.0.1",
    "IPV6_ONLY, 0:0:0:0:0:0:0:1",
    "IPV4_FIRST, 127.0.0.1 0:0:0:0:0:0:0:1",
    "IPV6_FIRST, 0:0:0:0:0:0:0:1 127.0.0.1",
    "SYSTEM, 0:0:0:0:0:0:0:1 127.0.0.1"
  })
  void localhostHasBothFamilies(AddressFamilyPolicy order, String addresses) throws IOException {
    List<String> expected =
        List.of(addresses.split(" ", -1)).stream().map(text -> "localhost/" + text).toList();
    assertEquals(expected, found(resolver(), "localhost", order));
    assertEquals(List.of(), witnesses.asked());
  }

  @ParameterizedTest
  @CsvSource({
    "IPV4_ONLY, 192.0.2.2 192.0.2.1",
    "IPV6_ONLY, 2001:db8:0:0:0:0:0:9",
    "IPV4_FIRST, 192.0.2.2 192.0.2.1 2001:db8:0:0:0:0:0:9",
    "IPV6_FIRST, 2001:db8:0:0:0:0:0:9 192.0.2.2 192.0.2.1"
  })
  void theHostsFileHasBothFamilies(AddressFamilyPolicy order, String addresses) throws IOException {
    PolicyResolver resolver =
        resolver("192.0.2.2 db.example", "2001:db8::9 db.example", "192.0.2.1 db.example");
    List<String> expected =
        List.of(addresses.split(" ", -1)).stream().map(text -> "db.example/" + text).toList();
    assertEquals(expected, found(resolver, "db.example", order));
    assertEquals(List.of(), witnesses.asked());
  }

  /** As nsswitch goes on from files to dns. */
  @Test
  void aFamilyThatTheHostsFileLacksIsAskedForWhereTheNameBelongs() throws IOException {
    PolicyResolver resolver = resolver("192.0.2.2 db.example printer.local localhost");
    assertEquals(
        List.of("db.example/2001:db8:0:0:0:0:0:3"),
        found(resolver, "db.example", AddressFamilyPolicy.IPV6_ONLY));
    found(resolver, "printer.local", AddressFamilyPolicy.IPV6_ONLY);
    assertEquals(
        List.of("localhost/0:0:0:0:0:0:0:1"),
        found(resolver, "localhost", AddressFamilyPolicy.IPV6_ONLY));
    assertEquals(
        List.of("dot db.example AAAA", "system printer.local IPV6_ONLY"), witnesses.asked());
  }

  @ParameterizedTest
  @EnumSource(AddressFamilyPolicy.class)
  void theSystemIsAskedInTheCallersOrder(AddressFamilyPolicy order) throws IOException {
    assertEquals(List.of("Printer/10.0.0.2"), found(resolver(), "Printer", order));
    assertEquals(List.of("system Printer " + order), witnesses.asked());
  }

  @Test
  void aFailureOfTheSystemResolverIsFinal() throws IOException {
    witnesses.systemFailure = new UnknownHostException("printer.local: Name or service not known");
    UnknownHostException unknown = Resolvers.refusal(resolver(), "printer.local");
    assertSame(witnesses.systemFailure, unknown);
    assertEquals(List.of("system printer.local IPV4_FIRST"), witnesses.asked());
  }

  @Test
  void aMachineWithoutNameSendsNothingMoreToTheSystem() throws IOException {
    witnesses.localHostName = "";
    found(resolver(), "www.example.com", AddressFamilyPolicy.IPV4_ONLY);
    assertEquals(List.of("dot www.example.com A"), witnesses.asked());
  }

  @ParameterizedTest
  @CsvSource({
    "x.Invalid, x.Invalid: no such name (RFC 6761 reserves .invalid)",
    "shop.Onion., 'shop.Onion.: not a DNS name, so no server is asked for it'",
    "x.alt, 'x.alt: not a DNS name, so no server is asked for it'",
    "a..b, 'a..b: not a host name, it has an empty label'"
  })
  void anImpossibleNameIsRefusedWithItsReason(String host, String message) throws IOException {
    assertEquals(message, Resolvers.refusal(resolver(), host).getMessage());
    assertEquals(List.of(), witnesses.asked());
  }
}
