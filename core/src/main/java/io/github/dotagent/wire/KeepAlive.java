package io.github.dotagent.wire;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.TcpKeepaliveOption;

/** How long a server says that it keeps an idle connection: edns-tcp-keepalive, RFC 7828. */
final class KeepAlive {
  private static final int OPTION = 11; // RFC 7828 §3.1
  private static final int UNIT_MILLIS = 100; // RFC 7828 §3.1

  private KeepAlive() {}

  /** Empty when the server says nothing of it. */
  static Optional<Duration> of(Message message) {
    OPTRecord opt = message.getOPT();
    List<EDNSOption> options = opt == null ? null : opt.getOptions(OPTION);
    if (options == null || options.isEmpty() || !(options.get(0) instanceof TcpKeepaliveOption)) {
      return Optional.empty();
    }
    OptionalInt units = ((TcpKeepaliveOption) options.get(0)).getTimeout();
    return units.isPresent() ? Optional.of(ofUnits(units.getAsInt())) : Optional.<Duration>empty();
  }

  static Duration ofUnits(int units) {
    return Duration.ofMillis((long) units * UNIT_MILLIS);
  }
}
