package io.github.dotagent.resolver;

import static io.github.dotagent.resolver.Witnesses.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.net.AddressLiteral;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReverseLookupTest {
  private static final List<String> SUFFIXES =
      List.of("10.in-addr.arpa", "127.in-addr.arpa", "8.e.f.ip6.arpa");

  @TempDir Path folder;

  private final Witnesses witnesses = new Witnesses();
  private PolicyResolver resolver;

  @BeforeEach
  void hostsFile() throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "10.0.0.9 Nine nein\n192.0.2.9 www.in-hosts.example\n");
    resolver = Resolvers.with(witnesses, Resolvers.policy(SUFFIXES, true, hosts));
  }

  private String nameOf(String address) throws UnknownHostException {
    return resolver.nameOf(AddressLiteral.parse(address).orElseThrow().getAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.9, Nine, ''",
    "192.0.2.9, www.in-hosts.example, ''",
    "10.0.0.1, of-the-system, system 10.0.0.1",
    "127.0.0.1, of-the-system, system 127.0.0.1",
    "fe80::1, of-the-system, system fe80:0:0:0:0:0:0:1",
    "110.0.0.1, host.example.com, dot 1.0.0.110.in-addr.arpa PTR",
    "192.0.2.1, host.example.com, dot 1.2.0.192.in-addr.arpa PTR",
    "2001:db8::1, host.example.com, "
        + "dot 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR"
  })
  void eachAddressIsAskedForInItsPlace(String address, String name, String asked)
      throws UnknownHostException {
    assertEquals(name, nameOf(address));
    assertEquals(asked.isEmpty() ? List.of() : List.of(asked), witnesses.asked());
  }

  private String refusal(String address) {
    return assertThrows(UnknownHostException.class, () -> nameOf(address)).getMessage();
  }

  @Test
  void anAddressWithoutName() {
    witnesses.answers(RecordType.PTR, Answer.noSuchName(60, SERVER));
    assertEquals("192.0.2.1: no such name (NXDOMAIN from 192.0.2.53)", refusal("192.0.2.1"));
    witnesses.answers(RecordType.PTR, Answer.noData(60, SERVER));
    assertEquals("192.0.2.1: no name (NODATA from 192.0.2.53)", refusal("192.0.2.1"));
  }

  /** The system resolver would ask for the whole address again, in the clear. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "7.0-127.100.51.198.10.in-addr.arpa",
        "x.8.e.f.ip6.arpa",
        "one-label",
        "localhost"
      })
  void anAliasToANameOfTheSystemDoesNotLeadThere(String target) {
    witnesses.answers(RecordType.PTR, Answer.alias(target, 60, SERVER));
    assertEquals("198.51.100.7: no name (NODATA from 192.0.2.53)", refusal("198.51.100.7"));
    assertEquals(List.of("dot 7.100.51.198.in-addr.arpa PTR"), witnesses.asked());
  }

  @Test
  void aFailureIsAskedNowhereElse() {
    witnesses.fails(RecordType.PTR, new IllegalStateException("no answer over TLS: broken"));
    assertEquals("192.0.2.1: no answer over TLS: broken", refusal("192.0.2.1"));
    assertEquals(List.of("dot 1.2.0.192.in-addr.arpa PTR"), witnesses.asked());
  }
}
