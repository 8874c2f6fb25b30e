package io.github.dotagent.it.harness.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query as it was received: one question, and EDNS where there was any. Immutable.
 *
 * @param name in the letters' case as received, no dot at the end
 * @param type see {@link RecordTypes}
 * @param octets size of the DNS message, without TLS and without the frame's length prefix
 */
public record DnsQuery(
    int id, int flags, String name, int type, int dnsClass, Optional<Edns> edns, int octets) {
  private static final int RESPONSE = 0x8000; // QR, RFC 1035 §4.1.1
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int DNSSEC_OK = 0x8000; // in the OPT record's TTL field, RFC 3225 §3

  /**
   * Reads a query.
   *
   * @throws MalformedMessage when it is a response, has other than one question, or ends early
   */
  public static DnsQuery parse(byte[] message) throws MalformedMessage {
    try {
      return parse(ByteBuffer.wrap(message), message.length);
    } catch (BufferUnderflowException | IllegalArgumentException endsEarly) {
      throw new MalformedMessage("query of " + message.length + " octets ends early");
    }
  }

  private static DnsQuery parse(ByteBuffer in, int octets) throws MalformedMessage {
    int id = u16(in);
    int flags = u16(in);
    int questions = u16(in);
    int records = u16(in) + u16(in);
    int additional = u16(in);
    if ((flags & RESPONSE) != 0 || questions != 1 || records != 0) {
      throw new MalformedMessage(
          String.format("not a query: flags %04x, %d questions", flags, questions));
    }
    String name = DnsNames.read(in);
    int type = u16(in);
    int dnsClass = u16(in);
    Optional<Edns> edns = Optional.empty();
    for (int i = 0; i < additional; i++) {
      Optional<Edns> opt = additionalRecord(in);
      edns = opt.isPresent() ? opt : edns;
    }
    if (in.hasRemaining()) {
      throw new MalformedMessage(in.remaining() + " octets after the query");
    }
    return new DnsQuery(id, flags, name, type, dnsClass, edns, octets);
  }

  private static Optional<Edns> additionalRecord(ByteBuffer in) throws MalformedMessage {
    DnsNames.read(in);
    int type = u16(in);
    int payloadSize = u16(in);
    int ttl = in.getInt();
    int length = u16(in);
    int end = in.position() + length;
    List<EdnsOption> options = new ArrayList<>();
    while (type == RecordTypes.OPT && in.position() < end) {
      int code = u16(in);
      byte[] data = new byte[u16(in)];
      in.get(data);
      options.add(new EdnsOption(code, data));
    }
    in.position(end);
    return type == RecordTypes.OPT
        ? Optional.of(new Edns(payloadSize, (ttl & DNSSEC_OK) != 0, options))
        : Optional.empty();
  }

  /** The length of the padding option's data (RFC 7830); −1 when there is no such option. */
  public int padding() {
    return edns.flatMap(e -> e.option(EdnsOption.PADDING)).map(o -> o.data().length).orElse(-1);
  }

  /** Whether edns-tcp-keepalive was asked for (RFC 7828 §3.2.1). */
  public boolean asksKeepalive() {
    return edns.flatMap(e -> e.option(EdnsOption.KEEPALIVE)).isPresent();
  }

  public boolean recursionDesired() {
    return (flags & RECURSION_DESIRED) != 0;
  }

  private static int u16(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }
}
