package io.github.dotagent.dnssec;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/**
 * The resolver of dnsjava's validator. The validator passes an executor on: that is the validation
 * that the query belongs to, and it answers the query. Transport and EDNS are those of the servers,
 * and are set there.
 */
final class ChainResolver implements Resolver {
  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor validation) {
    return ((ChainQueries) validation).answer(query);
  }

  @Override
  public void setPort(int port) {
    // of the servers
  }

  @Override
  public void setTCP(boolean flag) {
    // the same
  }

  @Override
  public void setIgnoreTruncation(boolean flag) {
    // over TLS nothing is truncated
  }

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
    // every query has DO and CD
  }

  @Override
  public void setTSIGKey(TSIG key) {
    // there is none
  }

  @Override
  public Duration getTimeout() {
    return Duration.ZERO;
  }

  @Override
  public void setTimeout(Duration timeout) {
    // of the whole validation
  }
}
