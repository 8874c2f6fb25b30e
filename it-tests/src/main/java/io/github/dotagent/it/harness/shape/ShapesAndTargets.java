package io.github.dotagent.it.harness.shape;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.MalformedMessage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The server of {@link ResponseShapes} for a resolver that keeps only the first alias of a chain
 * and asks for its target anew, as Unbound does. A query about any other name is taken for one
 * about a target: the response has the return code and the answer section of the last shape's
 * response. For one lookup at a time.
 */
public final class ShapesAndTargets {
  private static final int RCODE = 0xf; // RFC 1035 §4.1.1

  private volatile ResponseShape last; // UDP and TCP have a thread each

  public byte[] respond(DnsQuery query) {
    Optional<ResponseShape> shape = ResponseShapes.of(query);
    if (shape.isPresent()) {
      last = shape.get();
      return last.response().apply(query);
    }
    if (last == null) {
      return ResponseShapes.respond(query);
    }
    try {
      return target(query).octets();
    } catch (MalformedMessage | BufferUnderflowException | IllegalArgumentException damaged) {
      return ResponseShapes.respond(query);
    }
  }

  private ShapeMessage target(DnsQuery query) throws MalformedMessage {
    DnsQuery aboutHost =
        new DnsQuery(
            query.id(),
            query.flags(),
            last.host(),
            query.type(),
            query.dnsClass(),
            query.edns(),
            query.octets());
    ByteBuffer in = ByteBuffer.wrap(last.response().apply(aboutHost));
    in.getShort(); // id
    ShapeMessage message = ShapeMessage.to(query).rcode(in.getShort() & RCODE);
    int questions = u16(in);
    int answers = u16(in);
    in.getInt(); // the other two counts
    for (int i = 0; i < questions; i++) {
      DnsNames.read(in);
      in.getInt(); // type and class
    }
    for (int i = 0; i < answers; i++) {
      String owner = DnsNames.read(in); // a pointer to the question would lead to another name now
      int type = u16(in);
      int dnsClass = u16(in);
      int ttl = in.getInt();
      byte[] data = new byte[u16(in)];
      in.get(data);
      message.answer(ShapeMessage.record(owner, type, dnsClass, ttl, data));
    }
    return message;
  }

  private static int u16(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }
}
