package io.github.dotagent.config;

import static io.github.dotagent.config.Given.given;
import static io.github.dotagent.config.Given.loaded;
import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          corp.example=10.0.0.53 | [corp.example[10.0.0.53@853]]
          Corp.Example.=10.0.0.53@8853#DNS.corp.example | [corp.example[10.0.0.53@8853#dns.corp.example]]
          .corp.example = 10.0.0.53 | [corp.example[10.0.0.53@853]]
          corp.example=dns.corp.example@8853 | [corp.example[dns.corp.example@8853]]
          a.example=10.0.0.1,a.example=10.0.0.2,b.example=10.0.0.1 | [a.example[10.0.0.1@853, 10.0.0.2@853], b.example[10.0.0.1@853]]
          10.in-addr.arpa=[2001:db8::1] | [10.in-addr.arpa[2001:db8::1@853]]
          local=10.0.0.1,_x.cluster.local=10.0.0.2 | [local[10.0.0.1@853], _x.cluster.local[10.0.0.2@853]]
          """)
  void zones(String text, String expected) throws ConfigException {
    assertEquals(expected, loaded("zones=" + text).zones().toString());
  }

  @Test
  void thoseOfOtherServers() throws ConfigException {
    DotConfig config = loaded("zones=a.example=system,b.example=default,c.example=10.0.0.1");
    assertEquals(
        "{a.example=SYSTEM, b.example=DEFAULT_SERVERS, c.example=OWN_SERVERS}",
        config.names().zones().toString());
    assertEquals("[c.example[10.0.0.1@853]]", config.zones().toString());
  }

  @Test
  void noneWithoutTheSetting() throws ConfigException {
    assertTrue(given().load().zones().isEmpty());
    assertTrue(given().load().names().zones().isEmpty());
  }

  /** Each line: the text, and what follows the source. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          corp.example | 'corp.example' is not ZONE=UPSTREAM; write for example corp.example=10.0.0.53@853#dns.corp.example
          a.example=10.0.0.1,10.0.0.2 | '10.0.0.2' has no zone before it; did you mean a.example=10.0.0.2@853?
          corp.example= | 'corp.example=' names no server; write for example corp.example=10.0.0.53@853#dns.corp.example
          =10.0.0.1 | '=10.0.0.1' does not begin with a domain name; write for example corp.example=10.0.0.53@853#dns.corp.example
          *.corp.example=10.0.0.1 | '*.corp.example=10.0.0.1' does not begin with a domain name; did you mean corp.example=10.0.0.1?
          firma-ü.example=10.0.0.1 | 'firma-ü.example=10.0.0.1' does not begin with a domain name; did you mean xn--firma--8ya.example=10.0.0.1?
          .=10.0.0.1 | '.=10.0.0.1' is for every name; write its server into dotagent.upstreams
          corp.example=System | 'corp.example=System' names no server; the words are system and default, in lower case
          corp.example=DEFAULT | 'corp.example=DEFAULT' names no server; the words are system and default, in lower case
          corp.example=system. | 'corp.example=system.' names no server; the words are system and default, in lower case
          10.0.0.0=10.0.0.1 | '10.0.0.0=10.0.0.1' begins with an address; a zone is a domain name, for addresses a reverse name; did you mean 10.in-addr.arpa=10.0.0.1?
          192.168.7.1=10.0.0.1 | '192.168.7.1=10.0.0.1' begins with an address; a zone is a domain name, for addresses a reverse name; did you mean 1.7.168.192.in-addr.arpa=10.0.0.1?
          10.0.0.0/16=10.0.0.1 | '10.0.0.0/16=10.0.0.1' begins with an address; a zone is a domain name, for addresses a reverse name; did you mean 0.10.in-addr.arpa=10.0.0.1?
          172.16.0.0/12=10.0.0.1 | '172.16.0.0/12=10.0.0.1' begins with an address; a zone is a domain name, for addresses a reverse name; write for example corp.example=10.0.0.53@853#dns.corp.example
          10.0.0.0/x=10.0.0.1 | '10.0.0.0/x=10.0.0.1' begins with an address; a zone is a domain name, for addresses a reverse name; write for example corp.example=10.0.0.53@853#dns.corp.example
          10.0.0.0/40=10.0.0.1 | '10.0.0.0/40=10.0.0.1' begins with an address; a zone is a domain name, for addresses a reverse name; write for example corp.example=10.0.0.53@853#dns.corp.example
          fd00::/8=system | 'fd00::/8=system' begins with an address; a zone is a domain name, for addresses a reverse name; did you mean d.f.ip6.arpa=system?
          [fd00:1::]=10.0.0.1 | '[fd00:1::]=10.0.0.1' begins with an address; a zone is a domain name, for addresses a reverse name; did you mean 1.0.0.0.0.0.d.f.ip6.arpa=10.0.0.1?
          ::=10.0.0.1 | '::=10.0.0.1' begins with an address; a zone is a domain name, for addresses a reverse name; write for example corp.example=10.0.0.53@853#dns.corp.example
          a.localhost=10.0.0.1 | 'a.localhost=10.0.0.1' has no effect: no server is ever asked for names that end in localhost; leave it out
          onion=system | 'onion=system' has no effect: no server is ever asked for names that end in onion; leave it out
          a.example=10.0.0.1:853 | '10.0.0.1:853' is neither ADDRESS[@PORT][#NAME] nor NAME[@PORT]; did you mean 10.0.0.1@853?
          a.example=0.0.0.0 | '0.0.0.0' is not the address of a server; write for example corp.example=10.0.0.53@853#dns.corp.example
          a.example=system,a.example=10.0.0.1 | the zone a.example has system and servers of its own; a zone has only one of them, so leave the other out
          a.example=system,a.example=default | the zone a.example has system and default; a zone has only one of them, so leave the other out
          a.example=system,A.example=system | 'A.example=system' is listed twice; keep one of them
          a.example=10.0.0.1,a.example=10.0.0.1@853 | 'a.example=10.0.0.1@853' is listed twice (10.0.0.1@853); keep one of them
          a.example=10.0.0.1,,b.example=10.0.0.1 | has an empty entry; did you mean a.example=10.0.0.1,b.example=10.0.0.1?
          """)
  void mistakesAreRefusedWithAReason(String text, String reason) {
    assertEquals(
        "dotagent.zones=" + text + " (system property): " + reason, refused("zones=" + text));
  }

  @Test
  void tenThousandFitIntoAFile(@TempDir Path folder) throws Exception {
    StringBuilder text = new StringBuilder("zones=");
    for (int i = 0; i < 10_000; i++) {
      text.append(i == 0 ? "" : ",")
          .append("zone-")
          .append(i)
          .append(".example=10.0.0.53@853#dns.corp.example");
    }
    Path file = Files.writeString(folder.resolve("dot.properties"), text);
    assertEquals(10_000, given().argument(file).load().zones().size());
  }

  @Test
  void moreServersThanAnyUserNeeds() {
    StringBuilder text = new StringBuilder("zones=");
    for (int i = 0; i < 1_001; i++) {
      text.append(i == 0 ? "" : ",")
          .append("z.example=10.0.")
          .append(i / 250)
          .append('.')
          .append(i % 250 + 1);
    }
    assertTrue(
        refused(text.toString())
            .endsWith("names 1001 servers; 1000 at most, in any number of zones"));
  }
}
