package io.github.dotagent.it.harness.zone;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.EdnsOption;
import io.github.dotagent.it.harness.wire.RecordTypes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Encodes one response (RFC 1035 §4). EDNS goes out only to a query that had it (RFC 6891 §7),
 * padding and keepalive only to one that asked (RFC 7830 §4, RFC 7828 §3.3.2). Used once, by one
 * thread.
 */
public final class AnswerWriter {
  private static final int MAX_MESSAGE = 65535; // what the length prefix can say, RFC 1035 §4.2.2
  private static final int RESPONSE_AND_RECURSION_AVAILABLE = 0x8080; // QR, RA
  private static final int RECURSION_DESIRED = 0x0100; // copied from the query
  private static final int POINTER = 0xC000; // RFC 1035 §4.1.4
  private static final int LAST_POINTABLE = 0x3FFF; // a pointer has 14 bits
  private static final int CLASS_IN = 1;
  private static final int PAYLOAD_SIZE = 1232; // customary since 2020; means nothing over TCP
  private static final int PADDING_BLOCK = 468; // responses, RFC 8467 §4.1
  private static final int OPTION_HEADER = 4; // code and length
  private static final long KEEPALIVE_UNIT_MILLIS = 100; // RFC 7828 §3.1

  private final ByteBuffer out = ByteBuffer.allocate(MAX_MESSAGE);
  private final Map<String, Integer> writtenNames = new HashMap<>();

  private AnswerWriter() {}

  /**
   * The whole message, without a length prefix.
   *
   * @param keepalive what a query that asks is told; empty: nothing
   */
  public static byte[] response(DnsQuery query, ZoneAnswer answer, Optional<Duration> keepalive) {
    return new AnswerWriter().write(query, answer, keepalive);
  }

  /** The answer of a server that does not know EDNS: without it, whatever the query has. */
  public static byte[] withoutEdns(DnsQuery query, ZoneAnswer answer) {
    DnsQuery plain =
        new DnsQuery(
            query.id(),
            query.flags(),
            query.name(),
            query.type(),
            query.dnsClass(),
            Optional.empty(),
            query.octets());
    return response(plain, answer, Optional.empty());
  }

  private byte[] write(DnsQuery query, ZoneAnswer answer, Optional<Duration> keepalive) {
    u16(query.id());
    u16(RESPONSE_AND_RECURSION_AVAILABLE | (query.flags() & RECURSION_DESIRED) | answer.rcode());
    u16(1);
    u16(answer.answers().size());
    u16(answer.authority().size());
    u16(query.edns().isPresent() ? 1 : 0);
    name(query.name());
    u16(query.type());
    u16(query.dnsClass());
    records(answer.answers());
    records(answer.authority());
    if (query.edns().isPresent()) {
      opt(query, answer, keepalive);
    }
    byte[] message = new byte[out.position()];
    out.flip().get(message);
    return message;
  }

  private void records(List<ZoneRecord> records) {
    for (ZoneRecord record : records) {
      name(record.owner());
      u16(record.type());
      u16(CLASS_IN);
      out.putInt(record.ttl());
      u16(record.data().length);
      out.put(record.data());
    }
  }

  private void opt(DnsQuery query, ZoneAnswer answer, Optional<Duration> keepalive) {
    out.put((byte) 0); // the root's name
    u16(RecordTypes.OPT);
    u16(PAYLOAD_SIZE);
    out.putInt(0); // no extended rcode, version 0, no flags
    int lengthAt = out.position();
    u16(0);
    answer.extendedError().ifPresent(this::extendedError);
    if (query.asksKeepalive()) {
      keepalive.ifPresent(this::keepalive);
    }
    if (query.padding() >= 0) {
      padding();
    }
    out.putShort(lengthAt, (short) (out.position() - lengthAt - Short.BYTES));
  }

  private void extendedError(ExtendedDnsError error) {
    byte[] text = error.text().getBytes(StandardCharsets.UTF_8);
    u16(EdnsOption.EXTENDED_ERROR);
    u16(Short.BYTES + text.length);
    u16(error.code());
    out.put(text);
  }

  private void keepalive(Duration idle) {
    u16(EdnsOption.KEEPALIVE);
    u16(Short.BYTES);
    u16((int) (idle.toMillis() / KEEPALIVE_UNIT_MILLIS));
  }

  private void padding() {
    int unpadded = out.position() + OPTION_HEADER;
    int padding = (PADDING_BLOCK - unpadded % PADDING_BLOCK) % PADDING_BLOCK;
    u16(EdnsOption.PADDING);
    u16(padding);
    out.put(new byte[padding]);
  }

  /** Writes a name, its known ending as a pointer. Case matters: an echo is to be exact. */
  private void name(String name) {
    String rest = name;
    while (!rest.equals(".")) {
      Integer known = writtenNames.get(rest);
      if (known != null) {
        u16(POINTER | known);
        return;
      }
      if (out.position() <= LAST_POINTABLE) {
        writtenNames.put(rest, out.position());
      }
      int dot = rest.indexOf('.');
      byte[] label = DnsNames.encode(dot < 0 ? rest : rest.substring(0, dot));
      out.put(label, 0, label.length - 1); // without the root's octet
      rest = DnsNames.parent(rest);
    }
    out.put((byte) 0);
  }

  private void u16(int value) {
    out.putShort((short) value);
  }
}
