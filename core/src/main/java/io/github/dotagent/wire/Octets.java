package io.github.dotagent.wire;

/** Reads a DNS message from front to back, and never past its end. Of one thread. */
final class Octets {
  private final byte[] message;
  private int position;

  Octets(byte[] message, int from) {
    this.message = message;
    this.position = from;
  }

  int position() {
    return position;
  }

  byte[] message() {
    return message;
  }

  int u8() throws ResponseException {
    if (position >= message.length) {
      throw malformed();
    }
    return message[position++] & 0xff;
  }

  int u16() throws ResponseException {
    return u8() << 8 | u8();
  }

  long u32() throws ResponseException {
    return (long) u16() << 16 | u16();
  }

  void skip(int count) throws ResponseException {
    if (count > message.length - position) {
      throw malformed();
    }
    position += count;
  }

  static ResponseException malformed() {
    return ResponseException.malformed("sent a message that is not DNS", null);
  }
}
