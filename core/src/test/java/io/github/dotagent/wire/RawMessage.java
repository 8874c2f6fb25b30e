package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A response written octet by octet (RFC 1035 §4.1), without name compression: nothing in it is
 * checked, so that a test can write what no library would.
 */
final class RawMessage {
  static final int A = 1;
  static final int CNAME = 5;
  static final int SOA = 6;
  static final int PTR = 12;
  static final int AAAA = 28;
  static final int OPT = 41;

  static final int IN = 1;
  static final int CHAOS = 3;

  static final int QR = 0x8000;
  static final int TC = 0x0200;

  static final int NOERROR = 0;
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  static final int REFUSED = 5;

  private static final int RD_AND_RA = 0x0180;

  private final List<byte[]> questions = new ArrayList<>();
  private final List<byte[]> answers = new ArrayList<>();
  private final List<byte[]> authority = new ArrayList<>();
  private final List<byte[]> additional = new ArrayList<>();
  private int flags = QR | RD_AND_RA;

  /** A response with the question in it and nothing else. */
  static RawMessage to(Question question) {
    return new RawMessage().question(question.name(), typeOf(question), IN);
  }

  static int typeOf(Question question) {
    return switch (question.type()) {
      case A -> A;
      case AAAA -> AAAA;
      case PTR -> PTR;
    };
  }

  RawMessage rcode(int rcode) {
    flags = flags & ~0xf | rcode;
    return this;
  }

  RawMessage with(int bits) {
    flags |= bits;
    return this;
  }

  RawMessage without(int bits) {
    flags &= ~bits;
    return this;
  }

  RawMessage question(String name, int type, int dnsClass) {
    questions.add(join(name(name), u16(type), u16(dnsClass)));
    return this;
  }

  RawMessage noQuestion() {
    questions.clear();
    return this;
  }

  RawMessage answer(String owner, int type, long ttl, byte[] data) {
    answers.add(record(owner, type, IN, ttl, data));
    return this;
  }

  /** A record that {@link #record} made. */
  RawMessage answer(byte[] record) {
    answers.add(record);
    return this;
  }

  RawMessage soa(String zone, long ttl, long minimum) {
    byte[] data =
        join(
            name("ns." + zone), name("root." + zone), u32(1), u32(2), u32(3), u32(4), u32(minimum));
    authority.add(record(zone, SOA, IN, ttl, data));
    return this;
  }

  /** An OPT record with one option (RFC 6891 §6.1.2). */
  RawMessage option(int code, byte[] data) {
    byte[] options = join(u16(code), u16(data.length), data);
    additional.add(record("", OPT, 1232, 0, options));
    return this;
  }

  /** A record that {@link #record} made. */
  RawMessage additional(byte[] record) {
    additional.add(record);
    return this;
  }

  /** A record that {@link #record} made. */
  RawMessage authority(byte[] record) {
    authority.add(record);
    return this;
  }

  /**
   * An OPT record (RFC 6891 §6.1.3).
   *
   * @param ttl extended rcode, version and flags
   * @param options each with its code and length
   */
  RawMessage opt(int udpSize, long ttl, byte[]... options) {
    return additional(record("", OPT, udpSize, ttl, join(options)));
  }

  byte[] bytes() {
    return join(
        join(u16(0), u16(flags)),
        join(u16(questions.size()), u16(answers.size())),
        join(u16(authority.size()), u16(additional.size())),
        join(questions.toArray(byte[][]::new)),
        join(answers.toArray(byte[][]::new)),
        join(authority.toArray(byte[][]::new)),
        join(additional.toArray(byte[][]::new)));
  }

  static byte[] record(String owner, int type, int dnsClass, long ttl, byte[] data) {
    return join(name(owner), u16(type), u16(dnsClass), u32(ttl), u16(data.length), data);
  }

  static byte[] name(String name) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (String label : name.isEmpty() ? new String[0] : name.split("\\.", -1)) {
      byte[] text = label.getBytes(StandardCharsets.ISO_8859_1);
      octets.write(text.length);
      octets.writeBytes(text);
    }
    octets.write(0);
    return octets.toByteArray();
  }

  static byte[] u16(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  static byte[] u32(long value) {
    return join(u16((int) (value >> 16)), u16((int) value));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
