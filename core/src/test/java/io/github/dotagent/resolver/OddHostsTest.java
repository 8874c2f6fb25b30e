package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Odd entries of a hosts file, and what the JDK (8, 17 and 25, glibc 2.36, {@code hosts: files
 * dns}) finds in it without the agent; {@code -}: nothing. Each address is 192.0.2.N.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddHostsTest {
  private static final String LABEL_OF_68 =
      "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggg";

  @TempDir static Path folder;
  private static Path hosts;

  private final Witnesses witnesses = new Witnesses();
  private PolicyResolver resolver;

  @BeforeAll
  static void write() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    String text =
        """
        127.0.0.1 localhost
        192.0.2.1 plain
        192.0.2.2 dotted.
        192.0.2.3 *.wild.example
        192.0.2.4 a/b.example
        192.0.2.5 a@b.example
        192.0.2.6 a;b.example
        192.0.2.7 a+b.example
        192.0.2.8 a..b.example
        192.0.2.9 .lead.example
        192.0.2.10 LABEL_OF_68.example
        192.0.2.11 bücher.example
        192.0.2.12 BÜCHER2.example
        192.0.2.13 MiXed.Example
        192.0.2.15 a\\b.example
        192.0.2.16 a#b.example
        192.0.2.17 a"b.example
        192.0.2.18 a%b.example
        192.0.2.19 faß.example
        192.0.2.20 xn--bcher2-3ya.example
        192.0.2.21 .
        192.0.2.22 ..
        192.0.2.23 x,y.example
        192.0.2.24 dd..
        192.0.2.25 a=b a?b a!b a$b a&b a(b a'b a`b a~b a|b a<b a>b a^b a{b a[b
        192.0.2.26 two.example three.example
        192.0.2.27 two.example
        192.0.2.30 1.2.3.4.5
        192.0.2.31 12345.example.
        192.0.2.32 foo.localhost
        192.0.2.33 foo.invalid
        192.0.2.34 foo.onion
        192.0.2.35 localhost.
        010.0.0.1 octal.example
        192.0.2 short.example
        3221226020 num.example
        0xc0000224 hex.example
        192.0.2.256 large.example
        192.0.2.40 cr.example\r
        192.0.2.41\13vt.example
        192.0.2.42\fff.example
        192.0.2.43 before-nul\0b.example nul.example
        192.0.2.47 after-nul
          192.0.2.48   indented
        192.0.2.49
        """
            .replace("LABEL_OF_68", LABEL_OF_68);
    file.write(text.getBytes(StandardCharsets.UTF_8));
    file.write("192.0.2.44 latin\u00fc.example\n".getBytes(StandardCharsets.ISO_8859_1));
    file.write(("192.0.2.45 " + "n".repeat(300) + "\n").getBytes(StandardCharsets.UTF_8));
    file.write(("192.0.2.46 " + "l".repeat(60_000) + "\n").getBytes(StandardCharsets.UTF_8));
    file.write(("192.0.2.50 " + "t".repeat(70_000) + " beside\n").getBytes(StandardCharsets.UTF_8));
    file.write("192.0.2.51 last-without-newline".getBytes(StandardCharsets.UTF_8));
    hosts = Files.write(folder.resolve("hosts"), file.toByteArray());
  }

  @BeforeEach
  void begin() {
    witnesses.exist();
    resolver = Resolvers.with(witnesses, Resolvers.policy(List.of(), true, hosts));
  }

  private String found(String host) {
    try {
      List<String> ends = new ArrayList<>();
      for (String text :
          Resolvers.texts(resolver.addresses(host, AddressFamilyPolicy.IPV4_FIRST))) {
        assertEquals(host, text.substring(0, text.lastIndexOf('/')), "as it was asked for");
        ends.add(text.substring(text.lastIndexOf('.') + 1));
      }
      assertEquals(List.of(), witnesses.asked(), "no server was asked");
      return String.join(" ", ends);
    } catch (UnknownHostException none) {
      return "-";
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          plain           | 1
          PLAIN           | 1
          dotted.         | 2
          dotted          | -
          *.wild.example  | 3
          x.wild.example  | -
          a/b.example     | 4
          a@b.example     | 5
          a;b.example     | 6
          a+b.example     | 7
          A+B.Example     | 7
          a..b.example    | 8
          a.b.example     | -
          .lead.example   | 9
          lead.example    | -
          bücher.example  | 11
          BÜCHER.example  | -
          bÜCHER.EXAMPLE  | -
          BÜCHER2.example | 12
          mixed.example   | 13
          MIXED.EXAMPLE   | 13
          a\\b.example     | 15
          a#b.example     | -
          a               | 16
          a"b.example     | 17
          a%b.example     | 18
          faß.example     | 19
          fass.example    | -
          .               | 21
          ..              | 22
          ...             | -
          x,y.example     | 23
          dd..            | 24
          dd.             | -
          dd              | -
          a=b             | 25
          a?b             | 25
          a'b             | 25
          a[b             | 25
          a^b             | 25
          a{b             | 25
          two.example     | 26 27
          three.example   | 26
          1.2.3.4.5       | 30
          12345.example.  | 31
          12345.example   | -
          foo.localhost   | 32
          foo.invalid     | 33
          foo.onion       | 34
          localhost       | 1
          localhost.      | 35
          octal.example   | -
          short.example   | -
          num.example     | -
          hex.example     | -
          large.example   | -
          cr.example      | 40
          vt.example      | 41
          ff.example      | 42
          before-nul      | 43
          nul.example     | -
          b.example       | -
          after-nul       | 47
          indented        | 48
          latinü.example  | -
          beside          | 50
          last-without-newline | 51
          """)
  void asWithoutTheAgent(String host, String expected) {
    assertEquals(expected, found(host));
  }

  @Test
  void longNames() {
    assertEquals("10", found(LABEL_OF_68 + ".example"));
    assertEquals("45", found("n".repeat(300)));
    assertEquals("46", found("l".repeat(60_000)));
    assertEquals("-", found("m".repeat(60_000)));
  }

  /** glibc finds it nowhere; without the agent a server would be asked for it. */
  @ParameterizedTest
  @CsvSource({
    "plain., 1",
    "mixed.example., 13",
    "bücher2.example, 20",
    "Bücher2.Example., 20",
  })
  void foundByItsUsualFormToo(String host, String expected) {
    assertEquals(expected, found(host));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, plain",
    "192.0.2.2, dotted.",
    "192.0.2.3, *.wild.example",
    "192.0.2.11, bücher.example",
    "192.0.2.13, MiXed.Example",
    "192.0.2.16, a",
    "192.0.2.26, two.example",
  })
  void theNameOfAnAddressIsWrittenAsInTheFile(String address, String expected)
      throws UnknownHostException {
    byte[] octets = java.net.InetAddress.getByName(address).getAddress();
    assertEquals(expected, resolver.nameOf(octets));
  }

  /** Linux allows 64 characters, and the DNS 63 (RFC 1035 §2.3.4). */
  @Test
  void theMachinesNameNeedNotBeADnsName() throws UnknownHostException {
    String name = "m".repeat(64);
    witnesses.localHostName = name;
    witnesses.exist(name);
    resolver.addresses(name, AddressFamilyPolicy.SYSTEM);
    assertEquals(List.of("system " + name + " SYSTEM"), witnesses.asked());
  }

  @Test
  void anotherMachineMayNot() {
    witnesses.localHostName = "m".repeat(64);
    assertEquals(
        "n".repeat(64) + ": not a host name, it has a label longer than 63 characters",
        Resolvers.refusal(resolver, "n".repeat(64)).getMessage());
    assertEquals(List.of(), witnesses.asked());
  }
}
