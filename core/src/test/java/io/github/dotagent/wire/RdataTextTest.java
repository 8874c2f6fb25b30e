package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The output of kdig 3.2.6 for the same octets. */
class RdataTextTest {
  /** Octets first, for the data may hold anything. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A          | c0000201                                         | 192.0.2.1
          AAAA       | 20010db8000000000000000000000001                 | 2001:db8::1
          AAAA       | 00000000000000000000000000000000                 | ::
          AAAA       | 20010db8000000010001000100010001                 | 2001:db8:0:1:1:1:1:1
          AAAA       | 00000000000000000000ffffc0000209                 | ::ffff:192.0.2.9
          HINFO      | 025043074c696e75782078                           | "PC" "Linux x"
          TXT        | 0b763d73706631202d616c6c0131                     | "v=spf1 -all" "1"
          TXT        | 00                                               | ""
          TXT        | 096120223b225c20c81b                             | "a \\";\\"\\\\ \\200\\027"
          SPF        | 0131                                             | "1"
          CAA        | 0005697373756561                                 | 0 issue "a"
          URI        | 000a00016674703a2f2f61                           | 10 1 "ftp://a"
          SRV        | 0001000213c403736970016100                       | 1 2 5060 sip.a.
          NAPTR      | 006400320173037a2b490000                         | 100 50 "s" "z+I" "" .
          TLSA       | 03010101abcdef                                   | 3 1 1 01ABCDEF
          DS         | ec45050101abcdef                                 | 60485 5 1 01ABCDEF
          NSEC       | 0161000006400100000003                           | a. A MX RRSIG NSEC
          NSEC3PARAM | 0100000c04aabbccdd                               | 1 0 12 AABBCCDD
          CERT       | 0001000108000000                                 | 1 1 8 AAAA
          EUI48      | 00005e00532a                                     | 00-00-5E-00-53-2A
          EUI64      | 00005efffe00532a                                 | 00-00-5E-FF-FE-00-53-2A
          APL        | 00011803c000020002208420010db8                   | 1:192.0.2.0/24 !2:2001:db8::/32
          IPSECKEY   | 0a0102c000022601                                 | 10 1 2 192.0.2.38 AQ==
          IPSECKEY   | 0a020220010db800000000000000000000000101         | 10 2 2 2001:db8::1 AQ==
          RP         | 016d00017400                                      | `m. t.`
          """)
  void asKdig(String type, String octets, String text) throws Exception {
    assertEquals(text, shown(Type.value(type), octets));
  }

  @Test
  void parametersOfServices() throws Exception {
    assertEquals(
        "1 a. mandatory=alpn,port alpn=dot,h2 port=853 ipv4hint=192.0.2.1 ipv6hint=2001:db8::1",
        shown(
            Type.SVCB,
            "0001016100"
                + "0000000400010003"
                + "0001000703646f74026832"
                + "000300020355"
                + "00040004c0000201"
                + "0006001020010db8000000000000000000000001"));
    assertEquals(
        "1 . alpn=h3 no-default-alpn ech=AAAA key65000=\"abc\"",
        shown(
            Type.HTTPS,
            "000100" + "00010003026833" + "00020000" + "00050003000000" + "fde80003616263"));
  }

  private static String shown(int type, String octets) throws Exception {
    return RdataText.of(
        Record.newRecord(
            Name.fromString("a.example."), type, DClass.IN, 1, HexFormat.of().parseHex(octets)));
  }
}
