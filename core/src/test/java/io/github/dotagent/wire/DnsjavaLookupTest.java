package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.Decoded.ip;
import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.CHAOS;
import static io.github.dotagent.wire.RawMessage.CNAME;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.NXDOMAIN;
import static io.github.dotagent.wire.RawMessage.REFUSED;
import static io.github.dotagent.wire.RawMessage.SERVFAIL;
import static io.github.dotagent.wire.RawMessage.SOA;
import static io.github.dotagent.wire.RawMessage.TC;
import static io.github.dotagent.wire.RawMessage.name;
import static io.github.dotagent.wire.RawMessage.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.dotagent.answer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/**
 * The same response given to our decoder and to dnsjava's {@link Lookup}: what each makes of it,
 * and why they differ. What the JDK's own resolver (glibc) finds is in response-shapes.txt of the
 * integration tests; what kdig prints is in ResponseTextTest and SideBySideIT.
 */
class DnsjavaLookupTest {
  private static final String OURS_AND_THEIRS =
      """
      an address                        | 192.0.2.1           | 192.0.2.1           |
      two addresses                     | 192.0.2.1 192.0.2.2 | 192.0.2.1 192.0.2.2 |
      in capitals                       | 192.0.2.1           | 192.0.2.1           |
      an alias and its target           | 192.0.2.1           | 192.0.2.1           |
      the target before its alias       | 192.0.2.1           | refused             | a set has no order; dnsjava follows an alias to what stands behind it
      an alias beside an address        | goes on             | refused             | RFC 2181 §10.1: the alias counts, and its target is asked for; dnsjava is given the same again
      an alias of itself                | 192.0.2.1           | refused             | what is there is the answer, as glibc has it
      an alias alone                    | goes on             | refused             | its target is asked for; dnsjava is given the same again
      an address of another name        | NO_DATA             | NO_DATA             |
      of class CHAOS                    | NO_DATA             | NO_DATA             |
      of three octets                   | refused             | refused             |
      of three octets beside a good one | 192.0.2.1           | refused             | a damaged record takes no other away, as with glibc; dnsjava reads all or nothing
      a damaged record behind           | 192.0.2.1           | refused             | the same of what no answer depends on
      NODATA                            | NO_DATA             | NO_DATA             |
      NODATA without a SOA              | NO_DATA             | NO_DATA             |
      NXDOMAIN                          | NO_SUCH_NAME        | NO_SUCH_NAME        |
      NXDOMAIN with an address          | NO_SUCH_NAME        | 192.0.2.1           | RFC 2308 §2.1: the code counts, as with glibc
      SERVFAIL                          | refused             | refused             |
      SERVFAIL with an address          | refused             | refused             |
      REFUSED                           | refused             | refused             |
      truncated                         | refused             | 192.0.2.1           | over TLS nothing is truncated; dnsjava's resolver, not its Lookup, looks at the bit
      a query                           | refused             | 192.0.2.1           | the bit QR says so; dnsjava's resolver looks at it, not its Lookup
      a TTL with the top bit            | 192.0.2.1           | 192.0.2.1           |
      another question                  | refused             | refused             |
      """;

  private static Map<String, RawMessage> messages() {
    Map<String, RawMessage> all = new LinkedHashMap<>();
    String www = "www.example.com";
    byte[] address = ip(192, 0, 2, 1);
    all.put("an address", to().answer(www, A, 300, address));
    all.put(
        "two addresses", to().answer(www, A, 300, address).answer(www, A, 300, ip(192, 0, 2, 2)));
    all.put("in capitals", to().answer("WWW.EXAMPLE.com", A, 300, address));
    all.put(
        "an alias and its target",
        to().answer(www, CNAME, 300, name("a.example.net")).answer("a.example.net", A, 1, address));
    all.put(
        "the target before its alias",
        to().answer("a.example.net", A, 1, address).answer(www, CNAME, 300, name("a.example.net")));
    all.put(
        "an alias beside an address",
        to().answer(www, CNAME, 300, name("a.example.net")).answer(www, A, 300, address));
    all.put(
        "an alias of itself", to().answer(www, CNAME, 300, name(www)).answer(www, A, 1, address));
    all.put("an alias alone", to().answer(www, CNAME, 300, name("a.example.net")));
    all.put("an address of another name", to().answer("other.example.com", A, 300, address));
    all.put("of class CHAOS", to().answer(record(www, A, CHAOS, 300, address)));
    all.put("of three octets", to().answer(www, A, 300, ip(192, 0, 2)));
    all.put(
        "of three octets beside a good one",
        to().answer(www, A, 300, ip(192, 0, 2)).answer(www, A, 300, address));
    all.put(
        "a damaged record behind",
        to().answer(www, A, 300, address).authority(record("example.com", SOA, IN, 1, ip(1))));
    all.put("NODATA", to().soa("example.com", 900, 600));
    all.put("NODATA without a SOA", to());
    all.put("NXDOMAIN", to().rcode(NXDOMAIN).soa("example.com", 900, 600));
    all.put("NXDOMAIN with an address", to().rcode(NXDOMAIN).answer(www, A, 300, address));
    all.put("SERVFAIL", to().rcode(SERVFAIL));
    all.put("SERVFAIL with an address", to().rcode(SERVFAIL).answer(www, A, 300, address));
    all.put("REFUSED", to().rcode(REFUSED));
    all.put("truncated", to().with(TC).answer(www, A, 300, address));
    all.put("a query", to().without(RawMessage.QR).answer(www, A, 300, address));
    all.put("a TTL with the top bit", to().answer(www, A, 0x80000000L, address));
    all.put(
        "another question",
        new RawMessage().question("other.example.com", A, IN).answer(www, A, 300, address));
    return all;
  }

  private static RawMessage to() {
    return RawMessage.to(WWW_A);
  }

  @Test
  void differencesAreKnown() throws Exception {
    StringBuilder table = new StringBuilder();
    boolean differ = false;
    Map<String, String> whys = new LinkedHashMap<>();
    for (String line : OURS_AND_THEIRS.split("\n")) {
      String[] cells = line.split("\\|", -1);
      whys.put(cells[0].trim(), cells[3].trim());
    }
    for (Map.Entry<String, RawMessage> message : messages().entrySet()) {
      byte[] octets = message.getValue().bytes();
      String ours = ours(octets);
      String theirs = theirs(octets);
      String why = whys.getOrDefault(message.getKey(), "");
      String line =
          String.format("%-33s | %-19s | %-19s | %s", message.getKey(), ours, theirs, why);
      table.append(line.strip()).append('\n');
      differ |= ours.equals(theirs) != why.isEmpty();
    }
    assertEquals(
        OURS_AND_THEIRS.lines().map(String::strip).toList(), table.toString().lines().toList());
    assertFalse(differ, "each difference has its reason, and nothing else has");
  }

  private static String ours(byte[] octets) throws UnknownHostException {
    try {
      Answer answer = ResponseDecoder.decode(WWW_A, octets, Decoded.SERVER).answer();
      if (answer.continuesAt() != null) {
        return "goes on";
      }
      List<String> texts = new ArrayList<>();
      for (byte[] address : answer.addresses()) {
        texts.add(InetAddress.getByAddress(address).getHostAddress());
      }
      return texts.isEmpty() ? answer.outcome().toString() : String.join(" ", texts);
    } catch (ResponseException refused) {
      return "refused";
    }
  }

  private static String theirs(byte[] octets) throws IOException {
    Lookup lookup = new Lookup(Name.fromConstantString("www.example.com."), Type.A);
    lookup.setResolver(new Canned(octets));
    lookup.setCache(new Cache());
    Record[] records = lookup.run();
    switch (lookup.getResult()) {
      case Lookup.SUCCESSFUL:
        List<String> texts = new ArrayList<>();
        for (Record record : records) {
          texts.add(((ARecord) record).getAddress().getHostAddress());
        }
        return String.join(" ", texts);
      case Lookup.HOST_NOT_FOUND:
        return "NO_SUCH_NAME";
      case Lookup.TYPE_NOT_FOUND:
        return "NO_DATA";
      default:
        return "refused";
    }
  }

  /** Gives the same octets for every query; what is no message is a failure, as on a socket. */
  private static final class Canned implements Resolver {
    private final byte[] octets;

    Canned(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
      try {
        return CompletableFuture.completedFuture(new Message(octets));
      } catch (IOException unreadable) {
        return CompletableFuture.failedFuture(unreadable);
      }
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
      return sendAsync(query, Runnable::run);
    }

    @Override
    public Message send(Message query) throws IOException {
      return new Message(octets);
    }

    @Override
    public void setPort(int port) {}

    @Override
    public void setTCP(boolean flag) {}

    @Override
    public void setIgnoreTruncation(boolean flag) {}

    @Override
    public void setEDNS(int version, int size, int flags, List<EDNSOption> options) {}

    @Override
    public void setTSIGKey(TSIG key) {}

    @Override
    public void setTimeout(Duration timeout) {}
  }
}
