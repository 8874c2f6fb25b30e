package io.github.dotagent.config;

import static io.github.dotagent.config.Given.loaded;
import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.upstream.UpstreamSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamTextTest {
  private static final String EXAMPLE = "; write for example 1.1.1.1@853#one.one.one.one";

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1@853",
    "192.0.2.1@8853,192.0.2.1@8853",
    "192.0.2.1@1,192.0.2.1@1",
    "192.0.2.1@65535,192.0.2.1@65535",
    "192.0.2.1#dns.example,192.0.2.1@853#dns.example",
    "192.0.2.1@8853#DNS.Example.,192.0.2.1@8853#dns.example",
    "127.0.0.1@853#localhost,127.0.0.1@853#localhost",
    "192.0.2.1#xn--mnchen-3ya.example,192.0.2.1@853#xn--mnchen-3ya.example",
    "2001:db8::1,2001:db8::1@853",
    "[2001:db8::1],2001:db8::1@853",
    "[2001:DB8:0:0:0:0:0:1]@8853#dns.example,2001:db8::1@8853#dns.example",
    "::1@853,::1@853",
  })
  void addresses(String entry, String spec) throws ConfigException {
    assertEquals("[" + spec + "]", loaded("upstreams=" + entry).upstreams().toString());
  }

  @Test
  void inTheOrderGiven() throws ConfigException {
    assertEquals(
        "[192.0.2.2@853, 192.0.2.1@853]",
        loaded("upstreams= 192.0.2.2 ,192.0.2.1").upstreams().toString());
  }

  @Test
  void builtInNameInItsPlace() throws ConfigException {
    assertEquals(
        "[192.0.2.1@853, 1.1.1.1@443#one.one.one.one, 1.0.0.1@443#one.one.one.one,"
            + " 2606:4700:4700::1111@443#one.one.one.one,"
            + " 2606:4700:4700::1001@443#one.one.one.one]",
        loaded("upstreams=192.0.2.1,ONE.one.one.one.@443").upstreams().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "dns.google,dns.google@853",
    "DNS.Google.@8853,dns.google@8853",
    "localhost,localhost@853"
  })
  void byName(String entry, String spec) throws ConfigException {
    UpstreamSpec read = loaded("upstreams=" + entry).upstreams().get(0);
    assertEquals(spec, read.toString());
    assertTrue(read.isByName());
  }

  @Test
  void theDefaultIsTheBuiltInName() throws ConfigException {
    assertEquals(Given.given().load().upstreams(), loaded("upstreams=one.one.one.one").upstreams());
  }

  /** Each line: the user's text, and the suggestion. */
  @ParameterizedTest
  @CsvSource({
    "1.1.1.1:853,1.1.1.1@853",
    "1.1.1.1:8853#dns.example,1.1.1.1@8853#dns.example",
    "tls://1.1.1.1,1.1.1.1@853",
    "tls://[2001:db8::1]:8853,2001:db8::1@8853",
    "https://1.1.1.1/dns-query,1.1.1.1@853",
    "[2001:db8::1]:853,2001:db8::1@853",
    "[1.1.1.1],1.1.1.1@853"
  })
  void writtenAsOtherProgramsWantIt(String entry, String meant) {
    assertWrong(entry, "is neither ADDRESS[@PORT][#NAME] nor NAME[@PORT]; did you mean " + meant);
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1@,1.1.1.1@853",
    "1.1.1.1@0,1.1.1.1@853",
    "1.1.1.1@65536,1.1.1.1@853",
    "1.1.1.1@99999999999#dns.example,1.1.1.1@853#dns.example",
    "1.1.1.1@-1,1.1.1.1@853",
    "1.1.1.1@853@853,1.1.1.1@853"
  })
  void ports(String entry, String meant) {
    assertWrong(entry, "has a port that is not a number from 1 to 65535; did you mean " + meant);
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1#,1.1.1.1@853",
    "1.1.1.1#1.1.1.1,1.1.1.1@853",
    "1.1.1.1@53#dns_x.example,1.1.1.1@53",
    "1.1.1.1#dns.example@8853,1.1.1.1@8853#dns.example",
    "1.1.1.1#münchen.example,1.1.1.1@853#xn--mnchen-3ya.example",
    "1.1.1.1#*.dns.example,1.1.1.1@853#dns.example"
  })
  void authenticationNames(String entry, String meant) {
    assertWrong(entry, "has a #NAME that is not a host name; did you mean " + meant);
  }

  @ParameterizedTest
  @CsvSource({"1.1.1", "256.1.1.1", "dns..example", "@853", "#dns.example", "2001:db8::g", "a b"})
  void neitherAddressNorName(String entry) {
    assertEquals(
        "dotagent.upstreams="
            + entry
            + " (system property): '"
            + entry
            + "' is neither ADDRESS[@PORT][#NAME] nor NAME[@PORT]"
            + EXAMPLE,
        refused("upstreams=" + entry));
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "::", "224.0.0.1", "ff02::1"})
  void addressesOfNoServer(String entry) {
    assertEquals(
        "dotagent.upstreams="
            + entry
            + " (system property): '"
            + entry
            + "' is not the address of a server"
            + EXAMPLE,
        refused("upstreams=" + entry));
  }

  @Test
  void hostNameWithAName() {
    assertWrong(
        "dns.example@8853#other.example",
        "has a host name, which is the name to check, and #NAME as well; did you mean"
            + " dns.example@8853");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.1.1.1,1.1.1.1@853 | '1.1.1.1@853' is listed twice (1.1.1.1@853)
          ::1,[0::1] | '[0::1]' is listed twice (::1@853)
          1.0.0.1#one.one.one.one,one.one.one.one | 'one.one.one.one' is listed twice (1.0.0.1@853#one.one.one.one)
          """)
  void duplicates(String list, String reason) {
    assertEquals(
        "dotagent.upstreams=" + list + " (system property): " + reason + "; keep one of them",
        refused("upstreams=" + list));
  }

  @ParameterizedTest
  @CsvSource({"'1.1.1.1,'", "',1.1.1.1'", "',1.1.1.1, ,'"})
  void emptyEntries(String list) {
    assertEquals(
        "dotagent.upstreams="
            + list
            + " (system property): has an empty entry; did you mean 1.1.1.1?",
        refused("upstreams=" + list));
  }

  @Test
  void nothingButCommas() {
    assertEquals(
        "dotagent.upstreams=, (system property): has an empty entry" + EXAMPLE,
        refused("upstreams=,"));
  }

  private static void assertWrong(String entry, String reason) {
    assertEquals(
        "dotagent.upstreams=" + entry + " (system property): '" + entry + "' " + reason + "?",
        refused("upstreams=" + entry));
  }
}
