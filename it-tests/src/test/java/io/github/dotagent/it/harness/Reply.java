package io.github.dotagent.it.harness;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A response as the tests read it, written apart from the code that encodes it. */
record Reply(
    int id,
    int flags,
    String question,
    List<Resource> answers,
    List<Resource> authority,
    List<Resource> additional,
    int octets) {

  /** A record; the data are as on the wire. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Resource(String owner, int type, int ttl, byte[] data) {
    String address() {
      try {
        return InetAddress.getByAddress(data).getHostAddress();
      } catch (UnknownHostException noAddress) {
        throw new AssertionError(noAddress);
      }
    }
  }

  int rcode() {
    return flags & 0xF;
  }

  List<String> addresses() {
    return answers.stream()
        .filter(record -> record.type() == 1 || record.type() == 28)
        .map(Resource::address)
        .toList();
  }

  static Reply parse(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    int id = in.getShort() & 0xFFFF;
    int flags = in.getShort() & 0xFFFF;
    int questions = in.getShort();
    if (questions != 1) {
      throw new AssertionError(questions + " questions");
    }
    int answers = in.getShort();
    int authority = in.getShort();
    int additional = in.getShort();
    String question = name(in) + " " + in.getShort() + " " + in.getShort();
    Reply reply =
        new Reply(
            id,
            flags,
            question,
            records(in, answers),
            records(in, authority),
            records(in, additional),
            message.length);
    if (in.hasRemaining()) {
      throw new AssertionError(in.remaining() + " octets left over");
    }
    return reply;
  }

  private static List<Resource> records(ByteBuffer in, int count) {
    List<Resource> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String owner = name(in);
      int type = in.getShort();
      in.getShort(); // class, or the payload size of OPT
      int ttl = in.getInt();
      byte[] data = new byte[in.getShort() & 0xFFFF];
      in.get(data);
      records.add(new Resource(owner, type, ttl, data));
    }
    return records;
  }

  private static String name(ByteBuffer in) {
    int length = in.get() & 0xFF;
    if (length >= 0xC0) {
      return name(in.duplicate().position((length & 0x3F) << 8 | (in.get() & 0xFF)));
    }
    if (length == 0) {
      return "";
    }
    byte[] label = new byte[length];
    in.get(label);
    return new String(label, StandardCharsets.US_ASCII) + "." + name(in);
  }
}
