package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dnssec.ZoneAnchors.WrongAnchorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;

class ZoneAnchorsTest {
  private static final String DIGEST =
      "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";

  /** The page is what a reader compares with what IANA publishes. */
  @Test
  void thoseOfTheRootAreThePublishedOnesOfTheManual() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "dnssec.md"));
    List<DSRecord> root = ZoneAnchors.ofIana().byZone().get(Name.root);
    assertEquals(List.of(20326, 38696), root.stream().map(DSRecord::getFootprint).toList());
    for (DSRecord key : root) {
      String digest = org.xbill.DNS.utils.base16.toString(key.getDigest());
      String row =
          "| " + key.getFootprint() + " | " + key.getAlgorithm() + " | 2 | `" + digest + "`";
      assertTrue(page.contains(row), row);
    }
    assertTrue(page.contains(ZoneAnchors.DOUBTED_AFTER));
  }

  @Test
  void areReadInEveryUsualForm() throws WrongAnchorException {
    ZoneAnchors anchors =
        of(
            "; a comment\n\r\n"
                + "corp.example. 3600 IN DS 1 13 2 "
                + DIGEST
                + " ; ours\n"
                + "CORP.example IN DS 2 13 2 "
                + DIGEST.substring(0, 32)
                + " "
                + DIGEST.substring(32)
                + "\nlan.example insecure\n");
    assertEquals(2, anchors.byZone().get(Name.fromConstantString("corp.example.")).size());
    assertEquals(2, anchors.byZone().get(Name.root).size(), "IANA's stay");
    assertTrue(anchors.areOfIana());
    assertTrue(anchors.texts().contains("lan.example. insecure"), anchors.texts()::toString);
  }

  @Test
  void aLineForTheRootTakesThePlaceOfIanas() throws WrongAnchorException {
    ZoneAnchors anchors = of(". DS 7 8 2 " + DIGEST);
    assertEquals(1, anchors.byZone().get(Name.root).size());
    assertFalse(anchors.areOfIana());
  }

  @Test
  void withoutTheRootNamesAreIndeterminate() throws WrongAnchorException {
    ZoneAnchors anchors = of(". insecure\ncorp.example DS 7 8 2 " + DIGEST);
    assertFalse(anchors.cover(Name.fromConstantString("www.example.")));
    assertTrue(anchors.cover(Name.fromConstantString("www.corp.example.")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          corp.example                | line 1: a type is missing behind the zone
          corp.example A 192.0.2.1    | line 1: "A" is no anchor; it has to be DS, DNSKEY or insecure
          a..b DS 1 8 2 00            | line 1: "a..b" is not a domain name
          . DS 1 8 2 0011             | line 1: the data of this DS cannot be read
          . DS 1 8 9 0011             | line 1: digest type 9 is not known
          . DS one 8 2 0011           | line 1: the data of this DS cannot be read
          . DNSKEY 257 3 13 (         | line 1: a record has to be on one line
          . DNSKEY 0 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ== | line 1: flags 0 are not those
          . DNSKEY 257 3 13           | line 1: it holds no key of algorithm 13
          $INCLUDE /etc/passwd        | line 1: "/etc/passwd" is no anchor
          """)
  void aMistakeIsNamedByItsLine(String line, String message) {
    WrongAnchorException wrong = assertThrows(WrongAnchorException.class, () -> of(line));
    assertTrue(wrong.getMessage().startsWith(message), wrong.getMessage());
  }

  @Test
  void aFileWithoutAnAnchorIsAMistake() {
    WrongAnchorException none = assertThrows(WrongAnchorException.class, () -> of("; nothing\n"));
    assertTrue(none.getMessage().startsWith("has no anchor"), none.getMessage());
  }

  @Test
  void aZoneIsNotBothSignedAndInsecure() {
    assertThrows(WrongAnchorException.class, () -> of(". DS 7 8 2 " + DIGEST + "\n. insecure"));
  }

  /** The start of a program needs none of dnsjava for such a file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ". DS 7 8 2 " + DIGEST,
        ".\t3600\tin ds\t65 13  2 " + DIGEST + " ; ours",
        "corp.example. IN DS 1 15 4 " + DIGEST + "0123456789abcdef0123456789abcdef",
        "corp_1.Example 60 DS 59999 8 1 0123456789ABCDEF0123456789abcdef01234567\r\n\r\n;",
        "lan.example insecure\n. INSECURE",
        "a-b.example. insecure\rcorp.example DS 0 16 2 " + DIGEST
      })
  void plainLinesAreReadWhenTheyAreNeeded(String text) throws WrongAnchorException {
    ZoneAnchors plain = of(text);
    assertFalse(plain.isRead());
    // a form that has to be read at once, of a zone that the others do not have
    ZoneAnchors read = of(text + "\nother.example DS 1 8 2 " + DIGEST.replaceAll("^..", "$0 "));
    assertTrue(read.isRead());
    assertEquals(read.areOfIana(), plain.areOfIana());
    assertEquals(read.insecure(), plain.insecure());
    Map<Name, List<DSRecord>> others = new HashMap<>(read.byZone());
    others.remove(Name.fromConstantString("other.example."));
    assertEquals(others, plain.byZone());
    assertTrue(plain.isRead());
  }

  /** Otherwise the first lookup, and not the start, would fail of a mistake in the file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "corp.example. 60 IN DS 65535 8 1 0123456789ABCDEF0123456789abcdef01234567 ; ours\r\n.\tinsecure",
        ". DS 7 13 2 " + DIGEST,
        "a_b-c.example INSECURE"
      })
  void everyFileThatTheStartAcceptsCanBeRead(String text) {
    int plain = 0;
    for (int at = 0; at < text.length(); at++) {
      for (String octet :
          List.of("", ".", "-", "_", "g", "0", "9", " ", "\n", "\r", ";", "\\", "é")) {
        String changed = text.substring(0, at) + octet + text.substring(at + 1);
        try {
          ZoneAnchors anchors = of(changed);
          plain += anchors.isRead() ? 0 : 1;
          assertDoesNotThrow(anchors::texts, changed);
        } catch (WrongAnchorException atTheStart) {
          assertTrue(
              atTheStart.getMessage().matches("(?s)(line [0-9]+: |has no anchor).*"), changed);
        }
      }
    }
    assertTrue(plain > text.length(), "plain: " + plain);
  }

  private static ZoneAnchors of(String text) throws WrongAnchorException {
    return ZoneAnchors.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
