package io.github.dotagent.wire;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Servers' responses to a library's query and to what its aliases ask for, as it is given them. */
public final class ForwardedResponseFuzz implements FuzzTarget {
  private static final int MOST_IN_A_CHAIN = 4;

  private static final List<byte[]> QUERIES =
      List.of(
          query(Type.A, null),
          query(Type.A, new OPTRecord(1232, 0, 0, ExtendedFlags.DO)),
          query(Type.MX, new OPTRecord(600, 0, 0)),
          query(Type.ANY, null),
          query(Type.CNAME, null));

  private static byte[] query(int type, OPTRecord opt) {
    Message query =
        Message.newQuery(
            Record.newRecord(Name.fromConstantString("WWW.example.com."), type, DClass.IN));
    query.getHeader().setID(4711);
    query.getHeader().setFlag(Flags.RD);
    if (opt != null) {
      query.addRecord(opt, Section.ADDITIONAL);
    }
    return query.toWire();
  }

  @Override
  public void read(byte[] octets) throws IOException {
    FuzzInput input = new FuzzInput(octets);
    byte[] asked = QUERIES.get(input.choice(QUERIES.size()));
    boolean overUdp = (input.octet() & 1) != 0;
    ForwardedQuery query = ForwardedQuery.of(asked).orElseThrow();
    ForwardedChain chain = new ForwardedChain(query);
    ForwardedQuery next = query;
    try {
      for (int left = MOST_IN_A_CHAIN; next != null && left > 0; left--) {
        byte[] response = next.read(left == 1 ? input.rest() : input.part()).answer();
        next = chain.add(response, name -> !name.endsWith("other.example"));
      }
      check(ForwardedResponse.of(query, chain.octets(), overUdp), asked, overUdp);
    } catch (ResponseException refused) {
      Findings.checkIsLine(refused.getMessage());
    }
  }

  /** A library can take it apart, and it is no longer than it said that it takes. */
  private static void check(byte[] given, byte[] asked, boolean overUdp) throws IOException {
    OPTRecord opt = new Message(asked).getOPT();
    int most = !overUdp ? 0xffff : opt == null ? 512 : opt.getPayloadSize();
    Findings.check(given.length <= most, given.length + " octets, at most " + most);
    Findings.check(given[0] == asked[0] && given[1] == asked[1], "another id");
    try {
      ReceivedMessage message = ReceivedMessage.of(given);
      int at = message.endOfQuestions();
      for (int left = message.records(); left > 0; left--) {
        at = message.endOfRecord(at);
        Findings.check(at > 0, "a record that cannot be followed");
      }
      Findings.check(at == given.length, "octets behind the last record");
    } catch (ResponseException none) {
      throw new AssertionError("the library is given no message", none);
    }
  }
}
