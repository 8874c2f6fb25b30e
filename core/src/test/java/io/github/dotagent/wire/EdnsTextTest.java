package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.join;
import static io.github.dotagent.wire.RawMessage.u16;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as kdig 3.2.6 prints them for the same octets; keepalive it prints as octets. */
class EdnsTextTest {
  private static final int SUBNET = 8;
  private static final int EDE = 15;

  /** The lines between the title and the question. */
  private static List<String> lines(int rcode, long ttl, byte[]... options) throws Exception {
    RawMessage message =
        new RawMessage().question("a.example", A, IN).rcode(rcode).opt(1232, ttl, options);
    List<String> lines = ResponseText.lines(message.bytes());
    assertEquals(";; EDNS PSEUDOSECTION:", lines.get(3));
    return lines.subList(4, lines.indexOf(";; QUESTION SECTION:") - 1);
  }

  private static String option(int code, byte[] data) throws Exception {
    List<String> lines = lines(0, 0, join(u16(code), u16(data.length), data));
    assertEquals(2, lines.size(), lines.toString());
    return lines.get(1);
  }

  private static byte[] ede(int code, String text) {
    return join(u16(code), text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "0,00000000,0; flags: ; UDP size: 1232 B; ext-rcode: NOERROR",
    "2,00000000,0; flags: ; UDP size: 1232 B; ext-rcode: NOERROR",
    "0,00008000,0; flags: do; UDP size: 1232 B; ext-rcode: NOERROR",
    "0,00010000,1; flags: ; UDP size: 1232 B; ext-rcode: NOERROR",
    "0,01000000,0; flags: ; UDP size: 1232 B; ext-rcode: BADVERS",
    "7,01000000,0; flags: ; UDP size: 1232 B; ext-rcode: BADCOOKIE",
    "0,02000000,0; flags: ; UDP size: 1232 B; ext-rcode: RCODE 32"
  })
  void versionFlagsAndTheRestOfTheRcode(int rcode, String ttl, String shown) throws Exception {
    assertEquals(List.of(";; Version: " + shown), lines(rcode, Long.parseLong(ttl, 16)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "3,6770646e732d667261,NSID: 6770646E732D667261 \"gpdns-fra\"",
        "3,611b7f20c3,NSID: 611B7F20C3 \"a.. .\"",
        "3,``,`NSID: `",
        "3,1f207e7f,`NSID: 1F207E7F \". ~.\"`",
        "10,31323334353637386162636465666768,COOKIE: 31323334353637386162636465666768",
        "11,04b0,KEEPALIVE: 120.0 s",
        "11,0001,KEEPALIVE: 0.1 s",
        "11,ffff,KEEPALIVE: 6553.5 s",
        "12,``,PADDING: 0 B",
        "12,000000,PADDING: 3 B",
        "65001,616263,Option (65001): 616263"
      })
  void eachOptionOnALine(int code, String data, String shown) throws Exception {
    assertEquals(";; " + shown, option(code, HexFormat.of().parseHex(data)));
  }

  @Test
  void clientSubnet() throws Exception {
    byte[] four = {0, 1, 24, 0, (byte) 192, 0, 2};
    assertEquals(";; CLIENT-SUBNET: 192.0.2.0/24/0", option(SUBNET, four));
    byte[] six = {0, 2, 56, 48, 0x20, 1, 0xd, (byte) 0xb8, 0, 1, 0};
    assertEquals(";; CLIENT-SUBNET: 2001:db8:1::/56/48", option(SUBNET, six));
  }

  @Test
  void extendedErrorsHaveTheirMeaning() throws Exception {
    assertEquals(";; EDE: 0 (Other)", option(EDE, ede(0, "")));
    assertEquals(";; EDE: 3 (Stale Answer)", option(EDE, ede(3, "")));
    assertEquals(
        ";; EDE: 22 (No Reachable Authority): 'nobody there'",
        option(EDE, ede(22, "nobody there")));
    assertEquals(";; EDE: 6 (DNSSEC Bogus): 'q'x\\'", option(EDE, ede(6, "q'x\\")));
    assertEquals(";; EDE: 25 (Signature Expired before Valid)", option(EDE, ede(25, "")));
    assertEquals(";; EDE: 29 (Synthesized)", option(EDE, ede(29, "")));
    assertEquals(";; EDE: 30 (Invalid Query Type)", option(EDE, ede(30, "")));
    assertEquals(";; EDE: 31 (Unknown code)", option(EDE, ede(31, "")));
    assertEquals(";; EDE: 4000 (Unknown code): 'new'", option(EDE, ede(4000, "new")));
    assertEquals(";; EDE: 65535 (Unknown code)", option(EDE, ede(65535, "")));
  }

  @Test
  void severalErrors() throws Exception {
    byte[] stale = join(u16(EDE), u16(2), u16(3));
    byte[] text = ede(22, "a");
    byte[] unreachable = join(u16(EDE), u16(text.length), text);
    assertEquals(
        List.of(";; EDE: 3 (Stale Answer)", ";; EDE: 22 (No Reachable Authority): 'a'"),
        lines(2, 0, stale, unreachable).subList(1, 3));
  }

  /** Other than in kdig, where the server's line break is one. */
  @Test
  void textOfTheServerStaysOnItsLine() throws Exception {
    assertEquals(
        ";; EDE: 15 (Blocked): 'a\\010b\\027[2Jä\\194\\155\\226\\128\\174'",
        option(EDE, ede(15, "a\nb\u001b[2Jä\u009b\u202e")));
  }
}
