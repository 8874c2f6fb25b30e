package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

/** Held against dnsjava, which wrote and read our names before. */
class DomainNameTest {
  private static String read(byte[] octets, int from) throws ResponseException {
    return DomainName.read(new Octets(octets, from));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "www.example.com", "1.2.0.192.in-addr.arpa", "_dns.x-y.example"})
  void asDnsjavaWritesIt(String name) throws Exception {
    assertArrayEquals(Name.fromString(name + ".").toWire(), DomainName.encode(name));
    assertEquals(name, read(DomainName.encode(name), 0));
  }

  @Test
  void everyOctetAsDnsjavaReadsIt() throws Exception {
    for (int octet = 0; octet < 256; octet++) {
      byte[] wire = {2, 'a', (byte) octet, 1, 'b', 0};
      assertEquals(new Name(wire).toString(true), read(wire, 0), "octet " + octet);
    }
    assertEquals(".", read(new byte[1], 0));
  }

  @Test
  void pointersLeadBackwards() throws Exception {
    byte[] octets = "\1b\0\1a\300\0\1c\300\3".getBytes(StandardCharsets.ISO_8859_1);
    Octets in = new Octets(octets, 7);
    assertEquals("c.a.b", DomainName.read(in));
    assertEquals(octets.length, in.position());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\300\0", // at itself
        "\1a\300\0", // in a circle
        "\300\2\0", // forward
        "\100a\0", // a label type that there is not (RFC 6891 §5)
        "\1a", // without end
        "\3ab"
      })
  void whatIsNoName(String octets) {
    byte[] wire = octets.getBytes(StandardCharsets.ISO_8859_1);
    assertThrows(ResponseException.class, () -> read(wire, 0));
  }

  @Test
  void aNameIsOf255OctetsAtMostPointersOrNot() throws Exception {
    String label = "\77" + "a".repeat(63);
    String longest = label.repeat(3) + "\75" + "a".repeat(61) + "\0";
    assertEquals(253, read(longest.getBytes(StandardCharsets.ISO_8859_1), 0).length());
    byte[] longer =
        (label.repeat(3) + "\0\76" + "a".repeat(62) + "\300\0")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThrows(ResponseException.class, () -> read(longer, 193));
  }
}
