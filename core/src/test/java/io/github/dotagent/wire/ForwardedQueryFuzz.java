package io.github.dotagent.wire;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.Optional;
import org.xbill.DNS.Message;

/** A query of a library's, and what is said to the library without a server. */
public final class ForwardedQueryFuzz implements FuzzTarget {
  private static final int HEADER = 12;

  @Override
  public void read(byte[] octets) throws IOException {
    CleartextQuery inClear = CleartextQuery.of(octets);
    inClear.isTransfer();
    inClear.isAnsweredBy(octets);
    Optional<ForwardedQuery> read = ForwardedQuery.of(octets);
    if (read.isEmpty()) {
      return;
    }
    ForwardedQuery query = read.get();
    Findings.checkIsLine(query.toString());
    Findings.checkIsLine(query.name());
    Findings.checkIsLine(query.obstacle());
    for (boolean overUdp : new boolean[] {true, false}) {
      checkFits(ForwardedResponse.refused(query, "a reason", overUdp), octets, overUdp);
      checkFits(ForwardedResponse.noSuchName(query, overUdp), octets, overUdp);
      checkFits(ForwardedResponse.failed(query, new IOException("x"), overUdp), octets, overUdp);
    }
    if (query.obstacle() == null) {
      Findings.check(
          new Message(query.octets(query.wantsNoSubnet())).getQuestion() != null, "no question");
      new Message(query.octetsWithoutEdns());
      Findings.checkIsLine(query.signed().toString());
    }
  }

  private static void checkFits(byte[] response, byte[] query, boolean overUdp) throws IOException {
    new Message(response);
    Findings.check(response.length >= HEADER && response.length <= 0xffff, "its length");
    Findings.check(response[0] == query[0] && response[1] == query[1], "another id");
    Findings.check(!overUdp || response.length <= 512 || hasEdns(query), "too long for UDP");
  }

  private static boolean hasEdns(byte[] query) {
    return (query[10] | query[11]) != 0 || (query[6] | query[7] | query[8] | query[9]) != 0;
  }
}
