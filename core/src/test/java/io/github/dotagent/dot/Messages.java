package io.github.dotagent.dot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** DNS messages made by hand, as far as a connection looks into them. */
final class Messages {
  private static final int HEADER = 12;
  private static final int RESPONSE_FLAG = 0x80;
  static final int SERVFAIL = 2;

  private Messages() {}

  /** Asks for the name's A record, with id 0. */
  static byte[] query(String name) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : name.split("\\.")) {
      message.write(label.length());
      message.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    message.writeBytes(new byte[] {0, 0, 1, 0, 1});
    return message.toByteArray();
  }

  /** The query with an id and the flag that makes it a response. */
  static byte[] response(byte[] query, int id) {
    byte[] message = withId(query, id);
    message[2] |= (byte) RESPONSE_FLAG;
    return message;
  }

  static byte[] withId(byte[] query, int id) {
    byte[] message = query.clone();
    message[0] = (byte) (id >> 8);
    message[1] = (byte) id;
    return message;
  }

  /** A response of nothing but a header, as a server sends that could not read the question. */
  static byte[] bareResponse(int id, int rcode) {
    byte[] message = new byte[HEADER];
    message[3] = (byte) rcode;
    return response(message, id);
  }

  static int idOf(byte[] message) {
    return (message[0] & 0xff) << 8 | message[1] & 0xff;
  }

  /** The message with its length before it. */
  static byte[] framed(byte[] message) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(message.length >> 8);
    frame.write(message.length);
    frame.writeBytes(message);
    return frame.toByteArray();
  }
}
