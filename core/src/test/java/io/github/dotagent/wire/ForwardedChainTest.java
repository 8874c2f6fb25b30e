package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.CNAME;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.NXDOMAIN;
import static io.github.dotagent.wire.RawMessage.SOA;
import static io.github.dotagent.wire.RawMessage.name;
import static io.github.dotagent.wire.RawMessage.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A library is given one response where a chain of aliases took several queries. */
class ForwardedChainTest {
  private static final String WWW = "www.example.com";
  private static final String SHOP = "shop.example.net";
  private static final String HOST = "host.example.org";
  private static final byte[] ADDRESS = Decoded.ip(192, 0, 2, 1);
  private static final int AD = 0x0020; // RFC 4035 §3.2.3
  private static final int DNAME = 39; // RFC 6672 §2.1
  private static final int RRSIG = 46; // RFC 4034 §3
  private static final int NSEC = 47; // RFC 4034 §4

  private final ForwardedQuery query = asking(A);
  private final ForwardedChain chain = new ForwardedChain(query);

  private static ForwardedQuery asking(int type) {
    return ForwardedQuery.of(ForwardedQueryTest.query(WWW + ".", type).toWire()).orElseThrow();
  }

  private static RawMessage about(String name) {
    return new RawMessage().question(name, A, IN);
  }

  private static RawMessage alias(String from, String to) {
    return about(from).answer(from, CNAME, 300, name(to));
  }

  private ForwardedQuery add(RawMessage response) throws ResponseException {
    return chain.add(response.bytes(), any -> true);
  }

  private Message whole() throws Exception {
    return new Message(chain.octets());
  }

  private static List<String> shown(Message message, int section) {
    return message.getSection(section).stream()
        .map(record -> record.getName() + " " + Type.string(record.getType()))
        .toList();
  }

  @Test
  void aCompleteResponseIsPassedOnUnchanged() throws Exception {
    byte[] response = about(WWW).answer(WWW, A, 60, ADDRESS).bytes();
    assertNull(chain.add(response, any -> true));
    assertSame(response, chain.octets());
  }

  @Test
  void aliasesAndTheRecordsAtTheirEnd() throws Exception {
    ForwardedQuery next = add(alias(WWW, SHOP));
    assertEquals(SHOP, next.name());
    assertEquals(Type.A, next.type());
    assertEquals(HOST, add(alias(SHOP, HOST)).name());
    assertNull(add(about(HOST).answer(HOST, A, 60, ADDRESS)));
    Message given = whole();
    assertEquals(
        List.of(WWW + ". CNAME", SHOP + ". CNAME", HOST + ". A"), shown(given, Section.ANSWER));
    assertEquals(WWW + ".", given.getQuestion().getName().toString());
    assertEquals(List.of(), given.getSection(Section.AUTHORITY));
    assertEquals(List.of(), given.getSection(Section.ADDITIONAL));
    assertEquals(Rcode.NOERROR, given.getRcode());
    for (int flag : new int[] {Flags.QR, Flags.RD, Flags.RA}) {
      assertEquals(true, given.getHeader().getFlag(flag), Flags.string(flag));
    }
  }

  /** The library's wishes are for the whole chain. */
  @Test
  void theNextQueryIsAskedInTheSameWay() throws Exception {
    Message asked = ForwardedQueryTest.query(WWW + ".", Type.A);
    asked.getHeader().setFlag(Flags.CD);
    asked.addRecord(new OPTRecord(4096, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    ForwardedQuery first = ForwardedQuery.of(asked.toWire()).orElseThrow();
    ForwardedQuery next = new ForwardedChain(first).add(alias(WWW, SHOP).bytes(), any -> true);
    Message octets = new Message(next.octets());
    assertEquals(true, octets.getHeader().getFlag(Flags.CD));
    assertEquals(ExtendedFlags.DO, octets.getOPT().getFlags());
    assertEquals(SHOP + ".", octets.getQuestion().getName().toString());
  }

  /** RFC 6604 §2.1: the code is of the last name, and so is the SOA (RFC 2308 §2.1). */
  @Test
  void theLastNameDoesNotExist() throws Exception {
    add(alias(WWW, SHOP));
    assertNull(add(about(SHOP).rcode(NXDOMAIN).soa("example.net", 900, 600)));
    Message given = whole();
    assertEquals(Rcode.NXDOMAIN, given.getRcode());
    assertEquals(List.of(WWW + ". CNAME"), shown(given, Section.ANSWER));
    assertEquals(List.of("example.net. SOA"), shown(given, Section.AUTHORITY));
  }

  /** The rest of the chain is the system resolver's: the library goes on with the aliases. */
  @Test
  void theLastNameIsNotAsked() throws Exception {
    add(alias(WWW, SHOP).with(AD).opt(1232, 0));
    add(alias(SHOP, HOST).with(AD).opt(4096, 0));
    Message given = whole();
    assertEquals(Rcode.NOERROR, given.getRcode());
    assertEquals(List.of(WWW + ". CNAME", SHOP + ". CNAME"), shown(given, Section.ANSWER));
    assertEquals(false, given.getHeader().getFlag(Flags.AD), "an answer without its end");
    assertEquals(1232, given.getOPT().getPayloadSize());
  }

  @Test
  void ednsIsThatOfTheLastResponse() throws Exception {
    add(alias(WWW, SHOP).opt(4096, 0));
    add(about(SHOP).answer(SHOP, A, 60, ADDRESS).opt(1232, 0));
    assertEquals(1232, whole().getOPT().getPayloadSize());
  }

  /** RFC 4035 §3.2.3: AD stands for all of it. */
  @Test
  void itIsSecureOnlyIfEachPartIs() throws Exception {
    assertEquals(true, isSecure(AD, AD));
    assertEquals(false, isSecure(0, AD));
    assertEquals(false, isSecure(AD, 0));
  }

  private static boolean isSecure(int first, int last) throws Exception {
    ForwardedChain chain = new ForwardedChain(asking(A));
    chain.add(alias(WWW, SHOP).with(first).bytes(), any -> true);
    chain.add(about(SHOP).answer(SHOP, A, 60, ADDRESS).with(last).bytes(), any -> true);
    return new Message(chain.octets()).getHeader().getFlag(Flags.AD);
  }

  private static byte[] signature(int type) {
    return RawMessage.join(
        RawMessage.u16(type),
        new byte[] {8, 3},
        RawMessage.u32(300),
        RawMessage.u32(2_000_000_000L),
        RawMessage.u32(1_700_000_000L),
        RawMessage.u16(7),
        name("example.com"),
        new byte[] {1, 2, 3, 4});
  }

  /** Other records that a server sends with an alias do not belong to the chain. */
  @Test
  void onlyAliasesAndTheirSignaturesAreKept() throws Exception {
    add(
        alias(WWW, SHOP)
            .answer(WWW, RRSIG, 300, signature(CNAME))
            .answer("other.example.com", CNAME, 300, name(HOST))
            .answer("other.example.com", A, 300, ADDRESS));
    add(about(SHOP).answer(SHOP, A, 60, ADDRESS));
    assertEquals(
        List.of(WWW + ". CNAME", WWW + ". RRSIG", SHOP + ". A"), shown(whole(), Section.ANSWER));
  }

  /** RFC 6672 §3.1: the alias is made from the DNAME, and only that has a signature. */
  @Test
  void aTreeOfAliasesIsKeptWithItsSignature() throws Exception {
    ForwardedChain chain = new ForwardedChain(askingWithSignatures());
    RawMessage aliased =
        alias(WWW, SHOP)
            .answer("example.com", DNAME, 300, name("example.net"))
            .answer("example.com", RRSIG, 300, signature(DNAME))
            .answer("other.example.com", DNAME, 300, name("example.net"))
            .answer("ww.example.com", DNAME, 300, name("example.net"));
    chain.add(aliased.bytes(), any -> true);
    chain.add(about(SHOP).answer(SHOP, A, 60, ADDRESS).bytes(), any -> true);
    assertEquals(
        List.of(WWW + ". CNAME", "example.com. DNAME", "example.com. RRSIG", SHOP + ". A"),
        shown(new Message(chain.octets()), Section.ANSWER));
  }

  /** Without signatures it tells a library nothing that its CNAME does not. */
  @Test
  void aTreeOfAliasesIsOnlyForLibrariesThatWantSignatures() throws Exception {
    add(alias(WWW, SHOP).answer("example.com", DNAME, 300, name("example.net")));
    add(about(SHOP).answer(SHOP, A, 60, ADDRESS));
    assertEquals(List.of(WWW + ". CNAME", SHOP + ". A"), shown(whole(), Section.ANSWER));
  }

  @Test
  void responsesThatAreTooLongForOneMessageFail() throws Exception {
    String[] names = {WWW, SHOP, HOST, "a.example", "b.example"};
    for (int i = 0; i + 1 < names.length; i++) {
      RawMessage aliased = alias(names[i], names[i + 1]);
      for (int junk = 0; junk < 8; junk++) {
        byte[] data = RawMessage.join(signature(CNAME), new byte[2_500 + junk]);
        aliased.answer(names[i], RRSIG, 300, data);
      }
      add(aliased);
    }
    add(about("b.example").answer("b.example", A, 60, ADDRESS));
    assertThrows(ResponseException.class, chain::octets);
  }

  /** RFC 4035 §3.1.3.3: an alias that is made from a wildcard needs the proof. */
  @Test
  void proofsOfAnAliasAreForLibrariesThatWantSignatures() throws Exception {
    assertEquals(List.of("example.net. SOA"), authorityOfTwo(asking(A)));
    assertEquals(
        List.of("a.example.com. NSEC", "a.example.com. RRSIG", "example.net. SOA"),
        authorityOfTwo(askingWithSignatures()));
  }

  private static ForwardedQuery askingWithSignatures() {
    Message asked = ForwardedQueryTest.query(WWW + ".", Type.A);
    asked.addRecord(new OPTRecord(4096, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return ForwardedQuery.of(asked.toWire()).orElseThrow();
  }

  private static List<String> authorityOfTwo(ForwardedQuery query) throws Exception {
    ForwardedChain chain = new ForwardedChain(query);
    byte[] nsec = RawMessage.join(name("z.example.com"), new byte[] {0, 1, 0x40});
    RawMessage aliased =
        alias(WWW, SHOP)
            .authority(record("a.example.com", NSEC, IN, 300, nsec))
            .authority(record("a.example.com", NSEC, IN, 300, nsec))
            .authority(record("a.example.com", RRSIG, IN, 300, signature(NSEC)));
    chain.add(aliased.bytes(), name -> name.equals(WWW));
    RawMessage denied = about(SHOP).rcode(NXDOMAIN).soa("example.net", 900, 600);
    chain.add(denied.bytes(), any -> true);
    return shown(new Message(chain.octets()), Section.AUTHORITY);
  }

  @Test
  void proofsAreBounded() throws Exception {
    ForwardedChain chain = new ForwardedChain(askingWithSignatures());
    byte[] nsec = RawMessage.join(name("z.example.com"), new byte[] {0, 1, 0x40});
    RawMessage aliased = alias(WWW, SHOP);
    for (int i = 0; i < 1_000; i++) {
      aliased.authority(record("a" + i + ".example.com", NSEC, IN, 300, nsec));
    }
    chain.add(aliased.bytes(), any -> true);
    chain.add(about(SHOP).answer(SHOP, A, 60, ADDRESS).bytes(), any -> true);
    assertEquals(64, new Message(chain.octets()).getSection(Section.AUTHORITY).size());
  }

  @Test
  void aliasesAreBounded() throws Exception {
    RawMessage aliased = alias(WWW, SHOP);
    for (int i = 1; i < 128; i++) {
      aliased.answer(WWW, CNAME, 300, name("a" + i + ".example.net"));
    }
    assertEquals(SHOP, new ForwardedChain(query).add(aliased.bytes(), any -> true).name());
    aliased.answer(WWW, CNAME, 300, name("b.example.net"));
    ResponseException tooMany = assertThrows(ResponseException.class, () -> add(aliased));
    assertEquals("sent more aliases than any chain has", tooMany.getMessage());
  }

  /** A validator may take the zone of the last proof for the zone that denies. */
  @Test
  void proofsOfTheLastResponseStandBehindOthersAlsoIfTheyCameBefore() throws Exception {
    ForwardedChain chain = new ForwardedChain(askingWithSignatures());
    byte[] ofFirst = record("a.example.com", NSEC, IN, 300, nsec("z.example.com"));
    byte[] ofSecond = record("a.example.net", NSEC, IN, 300, nsec("z.example.net"));
    chain.add(alias(WWW, SHOP).authority(ofFirst).bytes(), any -> true);
    chain.add(alias(SHOP, "x.example.com").authority(ofSecond).bytes(), any -> true);
    RawMessage denied = about("x.example.com").soa("example.com", 900, 600).authority(ofFirst);
    chain.add(denied.bytes(), any -> true);
    List<String> given = shown(new Message(chain.octets()), Section.AUTHORITY);
    assertEquals("a.example.net. NSEC", given.get(0));
    assertEquals(1, given.stream().filter("a.example.com. NSEC"::equals).count());
    assertEquals(3, given.size());
  }

  private static byte[] nsec(String next) {
    return RawMessage.join(name(next), new byte[] {0, 1, 0x40});
  }

  /** The server of a zone is not believed about another's names: those are asked for. */
  @Test
  void recordsOfANameThatItMayNotSpeakForAreAskedFor() throws Exception {
    byte[] both = alias(WWW, SHOP).answer(SHOP, A, 60, Decoded.ip(203, 0, 113, 66)).bytes();
    assertEquals(SHOP, chain.add(both, name -> name.endsWith("example.com")).name());
    add(about(SHOP).answer(SHOP, A, 60, ADDRESS));
    List<Record> given = whole().getSection(Section.ANSWER);
    assertEquals(2, given.size());
    assertEquals("192.0.2.1", given.get(1).rdataToString());
  }

  @Test
  void theAliasItselfWasAskedFor() throws Exception {
    for (int type : new int[] {Type.CNAME, Type.ANY}) {
      byte[] response =
          new RawMessage().question(WWW, type, IN).answer(WWW, CNAME, 300, name(SHOP)).bytes();
      ForwardedChain other = new ForwardedChain(asking(type));
      assertNull(other.add(response, any -> true), Type.string(type));
      assertSame(response, other.octets());
    }
  }

  /** The SOA of the zone says so; a record of that type is what was asked for. */
  @Test
  void anAliasBesideTheAnswerThatWasAskedFor() throws Exception {
    ForwardedChain other = new ForwardedChain(asking(SOA));
    byte[] response =
        new RawMessage()
            .question(WWW, SOA, IN)
            .answer(WWW, SOA, 300, new byte[22])
            .answer(WWW, CNAME, 300, name(SHOP))
            .bytes();
    assertNull(other.add(response, any -> true));
    assertSame(response, other.octets());
  }

  @Test
  void aDamagedResponseIsNotJoined() throws Exception {
    add(alias(WWW, SHOP));
    RawMessage damaged = about(SHOP).answer(SHOP, A, 60, new byte[] {1, 2, 3});
    assertThrows(ResponseException.class, () -> add(damaged));
  }
}
