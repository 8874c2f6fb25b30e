package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.join;
import static io.github.dotagent.wire.RawMessage.name;
import static io.github.dotagent.wire.RawMessage.u16;
import static io.github.dotagent.wire.RawMessage.u32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

class QueryEncoderTest {
  private static final int LONGEST_NAME = 253;

  /** Every octet of the query, written down here a second time. */
  @ParameterizedTest
  @EnumSource(RecordType.class)
  void octets(RecordType type) {
    Question question = Question.of("www.example.com", type);
    // header 12, name 17, type and class 4, OPT 11, two options 8: 52, so 76 are missing to 128
    byte[] expected =
        join(
            join(u16(0), u16(0x0100)), // id 0; RD and nothing else
            join(u16(1), u16(0), u16(0), u16(1)), // one question, one additional record
            join(name("www.example.com"), u16(RawMessage.typeOf(question)), u16(IN)),
            join(name(""), u16(RawMessage.OPT), u16(1232), u32(0), u16(4 + 4 + 76)),
            join(u16(11), u16(0)), // keepalive, empty
            join(u16(12), u16(76), new byte[76])); // padding of zeros
    assertArrayEquals(expected, QueryEncoder.encode(question));
  }

  /** RFC 7871 §7.1.2: a source prefix of no bits. */
  @Test
  void privately() {
    // 52 octets as above and 8 of the option: 68 are missing to 128
    byte[] expected =
        join(
            join(u16(0), u16(0x0100)),
            join(u16(1), u16(0), u16(0), u16(1)),
            join(name("www.example.com"), u16(1), u16(IN)),
            join(name(""), u16(RawMessage.OPT), u16(1232), u32(0), u16(4 + 8 + 4 + 68)),
            join(u16(11), u16(0)),
            join(u16(8), u16(4), u16(1), u16(0)), // family IPv4, no bits of source, nor of scope
            join(u16(12), u16(68), new byte[68]));
    assertArrayEquals(
        expected, QueryEncoder.encode(Question.of("www.example.com", RecordType.A), true));
  }

  @Test
  void lengthIsTheNextMultipleOf128ForEveryName() {
    for (int length = 1; length <= LONGEST_NAME; length++) {
      byte[] query = QueryEncoder.encode(Question.of(nameOf(length), RecordType.AAAA));
      // as above: what is not the name is 35 octets, and a name on the wire is 2 longer
      int unpadded = 35 + length + 2;
      int expected = unpadded + Math.floorMod(-unpadded, 128);
      assertEquals(expected, query.length, "name of " + length + " characters");
    }
  }

  @Test
  void namesOfTheSameBlockCannotBeToldApartByTheirLength() {
    Question shortest = Question.of("a", RecordType.A);
    Question longest = Question.of(nameOf(128 - 35 - 2), RecordType.PTR);
    assertEquals(128, QueryEncoder.encode(shortest).length);
    assertEquals(128, QueryEncoder.encode(longest).length);
  }

  @ParameterizedTest
  @MethodSource("notEncodable")
  void anInvalidDomainNameIsRefused(String name) {
    Question question = Question.of(name, RecordType.A);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> QueryEncoder.encode(question));
    assertEquals("not a domain name: " + question.name(), refused.getMessage());
  }

  static String[] notEncodable() {
    return new String[] {
      "a".repeat(64) + ".example.com",
      "a..example.com",
      "a.example.com\\",
      "a\\12.example.com",
      "a\\25",
      "a\\2",
      "a\\1x5.example.com",
      "a\\1/5.example.com",
      "a\\1:5.example.com",
      "a\\256.example.com",
      "\u0101.example.com",
      ".example.com",
      "example.com..",
      nameOf(LONGEST_NAME + 1),
      nameOf(10_000)
    };
  }

  @ParameterizedTest
  @CsvSource({"WWW.Example.COM", "www.example.com."})
  void spellingsOfOneNameMakeOneQuery(String spelling) {
    assertArrayEquals(
        QueryEncoder.encode(Decoded.WWW_A),
        QueryEncoder.encode(Question.of(spelling, RecordType.A)));
  }

  /** RFC 1035 §5.1, as an alias is spelled that has such octets. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a\\.b.example", "\\046x.example", "\\000\\255\\007.example", "\\\\.example"})
  void octetsBehindABackslashAreThoseThatDnsjavaReads(String name) throws TextParseException {
    byte[] expected = Name.fromString(name + ".").toWire();
    byte[] query = QueryEncoder.encode(Question.of(name, RecordType.A));
    assertArrayEquals(expected, Arrays.copyOfRange(query, 12, 12 + expected.length));
  }

  @Test
  void theRootIsOneOctet() {
    byte[] query = QueryEncoder.encodeWithoutEdns(Question.of(".", RecordType.AAAA));
    assertArrayEquals(
        join(u16(0), u16(0x0100), u16(1), new byte[6], name(""), u16(28), u16(IN)), query);
  }

  /** A name of so many characters, in labels of at most 50. */
  private static String nameOf(int length) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < length; i++) {
      name.append(i % 50 == 49 && i < length - 1 ? '.' : 'a');
    }
    return name.toString();
  }
}
