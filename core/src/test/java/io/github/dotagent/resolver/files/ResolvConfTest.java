package io.github.dotagent.resolver.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * resolv.conf(5), as far as names go. A line break is written {@code /}. The results are those of
 * glibc 2.36, seen in the queries of getent(1), but where an entry is no domain name: glibc's
 * search ends at it.
 */
class ResolvConfTest {
  private static SearchRules read(String text, String localDomain, String resOptions)
      throws IOException {
    return new ResolvConf(localDomain, resOptions).read(octets(text.replace('/', '\n')), "build-7");
  }

  private static InputStream octets(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nameserver 192.0.2.53/search a.example b.example  | a.example b.example | 1
          search A.Example. b.example.                      | a.example b.example | 1
          search a.example/search b.example c.example       | b.example c.example | 1
          search a.example/domain b.example                 | b.example | 1
          domain b.example c.example                        | b.example | 1
          domain b.example/search a.example                 | a.example | 1
          search\ta.example\t b.example                     | a.example b.example | 1
          search a.example a.example b.example              | a.example b.example | 1
          search .                                          | . | 1
          search . lan                                      | . lan | 1
          search lan . a.example .                          | lan . a.example | 1
          search a..example -%$ ok.example                  | ok.example | 1
          # search a.example/; search b.example             | '' | 1
          ' search a.example'                               | '' | 1
          searchlist a.example                              | '' | 1
          search                                            | '' | 1
          options ndots:5                                   | '' | 5
          options timeout:1 ndots:2 rotate                  | '' | 2
          options ndots:2/options rotate/options ndots:3    | '' | 3
          options ndots:0                                   | '' | 0
          options ndots:99                                  | '' | 15
          options ndots:123456789012345                     | '' | 9
          options ndots:                                    | '' | 0
          options ndots:x                                   | '' | 0
          options ndots:-1                                  | '' | 15
          options ndots:-2                                  | '' | 14
          options ndots:+3                                  | '' | 3
          options ndots:2x                                  | '' | 2
          options ndots: 5                                  | '' | 5
          options ndots:\t5                                 | '' | 5
          options ndots:4294967298                          | '' | 2
          options ndots:99999999999999999999                | '' | 15
          options ndots:3#x                                 | '' | 3
          options ndots:3 ndots:1                           | '' | 1
          options debug#ndots:3                             | '' | 1
          options xndots:3                                  | '' | 1
          options NDOTS:3                                   | '' | 1
          options\rndots:3                                  | '' | 1
          search .a.example b.example                       | a.example b.example | 1
          search ..a.example b.example                      | b.example | 1
          search ..                                         | '' | 1
          domain .a.example                                 | a.example | 1
          search a.example/search                           | a.example | 1
          'search a.example/search '                        | a.example | 1
          'search a.example/domain '                        | a.example | 1
          SEARCH a.example                                  | '' | 1
          search a.example\0b.example                       | a.example | 1
          search a.example\r                                | a.example | 1
          ''                                                | '' | 1
          """)
  void eachFormOfTheFileIsRead(String text, String suffixes, int dots) throws IOException {
    SearchRules rules = read(text, null, null);
    assertEquals(suffixes, String.join(" ", rules.suffixes()));
    assertEquals(dots, rules.dots());
  }

  @Test
  void theEnvironmentIsStronger() throws IOException {
    String file = "search a.example/options ndots:2";
    assertEquals(
        List.of("b.example", "c.example"), read(file, "b.example c.example", null).suffixes());
    assertEquals(List.of(), read(file, "", null).suffixes());
    assertEquals(2, read(file, "b.example", null).dots());
    assertEquals(4, read(file, null, "rotate ndots:4").dots());
    assertEquals(2, read(file, null, "rotate").dots());
  }

  @Test
  void withoutAListTheDomainOfTheMachinesNameIsSearched() throws IOException {
    ResolvConf conf = new ResolvConf(null, null);
    assertEquals(List.of("corp.example"), conf.absent("build-7.corp.example").suffixes());
    assertEquals(List.of(), conf.absent("build-7").suffixes());
    assertEquals(List.of(), conf.absent("").suffixes());
    InputStream silent = octets("nameserver 192.0.2.53\n");
    assertEquals(List.of("corp.example"), conf.read(silent, "build-7.corp.example").suffixes());
    InputStream none = octets("search .\n");
    assertEquals(List.of("."), conf.read(none, "build-7.corp.example").suffixes());
  }
}
