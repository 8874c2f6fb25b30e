package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.AAAA;
import static io.github.dotagent.wire.RawMessage.CHAOS;
import static io.github.dotagent.wire.RawMessage.CNAME;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.NXDOMAIN;
import static io.github.dotagent.wire.RawMessage.name;
import static io.github.dotagent.wire.RawMessage.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as kdig 3.2.6 prints them for the same octets. */
class ResponseTextTest {
  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};
  private static final int TXT = 16;

  private static RawMessage about(String name, int type) {
    return new RawMessage().question(name, type, IN);
  }

  private static List<String> lines(RawMessage message) throws ResponseException {
    return ResponseText.lines(message.bytes());
  }

  @Test
  void everySectionUnderItsName() throws Exception {
    RawMessage message =
        about("alias.example", A)
            .answer("alias.example", CNAME, 300, name("www.shop.example"))
            .answer("www.shop.example", A, 60, ADDRESS)
            .authority(record("example", 2, IN, 3600, name("ns.example")))
            .additional(record("ns.example", AAAA, IN, 3600, new byte[16]))
            .opt(1232, 0, new byte[] {0, 12, 0, 3, 0, 0, 0});
    assertEquals(
        """
        ;; ->>HEADER<<- opcode: QUERY; status: NOERROR; id: 0
        ;; Flags: qr rd ra; QUERY: 1; ANSWER: 2; AUTHORITY: 1; ADDITIONAL: 2

        ;; EDNS PSEUDOSECTION:
        ;; Version: 0; flags: ; UDP size: 1232 B; ext-rcode: NOERROR
        ;; PADDING: 3 B

        ;; QUESTION SECTION:
        ;; alias.example.      \t\tIN\tA

        ;; ANSWER SECTION:
        alias.example.      \t300\tIN\tCNAME\twww.shop.example.
        www.shop.example.   \t60\tIN\tA\t192.0.2.1

        ;; AUTHORITY SECTION:
        example.            \t3600\tIN\tNS\tns.example.

        ;; ADDITIONAL SECTION:
        ns.example.         \t3600\tIN\tAAAA\t::""",
        String.join("\n", lines(message)));
  }

  @Test
  void aNameThatDoesNotExist() throws Exception {
    RawMessage message = about("nobody.example", A).rcode(NXDOMAIN).soa("example", 900, 300);
    assertEquals(
        """
        ;; ->>HEADER<<- opcode: QUERY; status: NXDOMAIN; id: 0
        ;; Flags: qr rd ra; QUERY: 1; ANSWER: 0; AUTHORITY: 1; ADDITIONAL: 0

        ;; QUESTION SECTION:
        ;; nobody.example.     \t\tIN\tA

        ;; AUTHORITY SECTION:
        example.            \t900\tIN\tSOA\tns.example. root.example. 1 2 3 4 300""",
        String.join("\n", lines(message)));
  }

  /** A text longer than its column pushes the rest to the right, and never touches it. */
  @Test
  void longNames() throws Exception {
    assertEquals(";; nineteen.of.them.ex.\t\tIN\tA", lines(about("nineteen.of.them.ex", A)).get(4));
    String twenty = "twenty-with.dot.exam";
    assertEquals(";; " + twenty + ".\t\tIN\tA", lines(about(twenty, A)).get(4));
    String longer = "a-name-that-is-longer-than-the-column.example";
    List<String> lines = lines(about(longer, A).answer(longer, A, 1, ADDRESS));
    assertEquals(";; " + longer + ". \tIN\tA", lines.get(4));
    assertEquals(longer + ". 1\tIN\tA\t192.0.2.1", lines.get(7));
    String thirty = "a-name.of-thirty-octets.example"; // with the dot at its end it has 32
    assertEquals(";; " + thirty + ". \tIN\tA", lines(about(thirty, A)).get(4));
    String shorter = thirty.substring(1);
    assertEquals(";; " + shorter + ".\t\tIN\tA", lines(about(shorter, A)).get(4));
  }

  @ParameterizedTest
  @CsvSource({
    "0400,qr aa rd ra",
    "0200,qr tc rd ra",
    "0040,qr rd ra z",
    "0020,qr rd ra ad",
    "0010,qr rd ra cd",
    "0030,qr rd ra ad cd"
  })
  void flags(String bits, String shown) throws Exception {
    RawMessage message = about("a.example", A).with(Integer.parseInt(bits, 16));
    assertEquals(
        ";; Flags: " + shown + "; QUERY: 1; ANSWER: 0; AUTHORITY: 0; ADDITIONAL: 0",
        lines(message).get(1));
  }

  @ParameterizedTest
  @CsvSource({"1,FORMERR", "2,SERVFAIL", "4,NOTIMPL", "5,REFUSED", "9,NOTAUTH", "12,RCODE 12"})
  void statusByName(int rcode, String status) throws Exception {
    assertEquals(
        ";; ->>HEADER<<- opcode: QUERY; status: " + status + "; id: 0",
        lines(about("a.example", A).rcode(rcode)).get(0));
  }

  @ParameterizedTest
  @CsvSource({"2,STATUS", "5,UPDATE", "7,OPCODE 7"})
  void opcodeByName(int opcode, String shown) throws Exception {
    assertEquals(
        ";; ->>HEADER<<- opcode: " + shown + "; status: NOERROR; id: 0",
        lines(about("a.example", A).with(opcode << 11)).get(0));
  }

  @Test
  void typesAndClassesByNumberWhereTheyHaveNoName() throws Exception {
    RawMessage message =
        new RawMessage()
            .question("a.example", 65280, CHAOS)
            .answer(record("a.example", 65280, 99, 0x7fffffffL, new byte[] {10, 0, 0, 1}));
    List<String> lines = lines(message);
    assertEquals(";; a.example.          \t\tCH\tTYPE65280", lines.get(4));
    assertEquals(
        "a.example.          \t2147483647\tCLASS99\tTYPE65280\t\\# 4 0A000001", lines.get(7));
  }

  /** The owner of records must not control the terminal of a user who looks at them. */
  @Test
  void nothingThatATerminalObeys() throws Exception {
    byte[] text = {8, 27, '[', '2', 'J', '\r', '\n', 7, (byte) 0x9b};
    List<String> lines = lines(about("x\u001b[31m.example", TXT).answer("a", TXT, 1, text));
    assertEquals(";; x\\027[31m.example.  \t\tIN\tTXT", lines.get(4));
    assertEquals(
        "a.                  \t1\tIN\tTXT\t\"\\027[2J\\013\\010\\007\\155\"", lines.get(7));
  }

  @Test
  void textFromTheFirstPrintedOctetToTheLast() throws Exception {
    byte[] text = {6, ' ', '~', 0x1f, 0x7f, '"', '\\'};
    assertEquals(
        "a.                  \t1\tIN\tTXT\t\" ~\\031\\127\\\"\\\\\"",
        lines(about("a", TXT).answer("a", TXT, 1, text)).get(7));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11, 20})
  void aMessageThatIsNotDnsIsRefused(int octets) {
    byte[] cut = Arrays.copyOf(about("a.example", A).bytes(), octets);
    ResponseException none = assertThrows(ResponseException.class, () -> ResponseText.lines(cut));
    assertEquals("sent a message that is not DNS", none.getMessage());
  }
}
