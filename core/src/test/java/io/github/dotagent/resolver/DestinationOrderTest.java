package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.net.AddressLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 6724 §10.2, as far as its rules are followed, and a few of our own. */
class DestinationOrderTest {
  @ParameterizedTest
  @CsvSource({
    // candidates, each with the source that would be used (- for none); the result
    "'2001:db8:1::1=2001:db8:1::2 198.51.100.121=169.254.13.78', 2001:db8:1::1 198.51.100.121",
    "'2001:db8:1::1=fe80::1 198.51.100.121=198.51.100.117',     198.51.100.121 2001:db8:1::1",
    "'2001:db8:1::1=2001:db8:1::2 10.1.2.3=10.1.2.4',           2001:db8:1::1 10.1.2.3",
    "'2001:db8:1::1=2001:db8:1::2 fe80::1=fe80::2',             fe80::1 2001:db8:1::1",
    "'2002:c633:6401::1=2002:c633:6401::2 2001:db8:1::1=2002:c633:6401::2',"
        + " 2002:c633:6401::1 2001:db8:1::1",
    "'2001:db8:1::1=- 192.0.2.1=198.51.100.2',                  192.0.2.1 2001:db8:1::1",
    "'192.0.2.1=- 2001:db8:1::1=2001:db8:1::2',                 2001:db8:1::1 192.0.2.1",
    "'192.0.2.1=- 2001:db8:1::1=-',                             2001:db8:1::1 192.0.2.1",
    "'192.0.2.2=198.51.100.2 192.0.2.1=198.51.100.2',           192.0.2.2 192.0.2.1",
    "'fd00::1=fd00::2 192.0.2.1=198.51.100.2',                  192.0.2.1 fd00::1",
    "'::1=::1 127.0.0.1=127.0.0.1',                             ::1 127.0.0.1",
    "'2001::1=2001::2 2001:db8::1=2001:db8::2 3ffe::1=3ffe::2 fec0::1=fec0::2',"
        + " 2001:db8::1 2001::1 fec0::1 3ffe::1",
  })
  void rules(String candidates, String expected) throws UnknownHostException {
    Map<InetAddress, InetAddress> sources = new HashMap<>();
    List<byte[]> addresses = new ArrayList<>();
    for (String candidate : candidates.split(" ", -1)) {
      int equals = candidate.indexOf('=');
      InetAddress address = literal(candidate.substring(0, equals));
      String source = candidate.substring(equals + 1);
      sources.put(address, source.equals("-") ? null : literal(source));
      addresses.add(address.getAddress());
    }
    List<String> sorted = new ArrayList<>();
    for (byte[] octets : new DestinationOrder(sources::get).sorted(addresses)) {
      sorted.add(InetAddress.getByAddress(octets).getHostAddress());
    }
    List<String> wanted = new ArrayList<>();
    for (String text : expected.trim().split(" ", -1)) {
      wanted.add(literal(text).getHostAddress());
    }
    assertEquals(wanted, sorted);
  }

  private static InetAddress literal(String text) {
    return AddressLiteral.parse(text).orElseThrow();
  }
}
