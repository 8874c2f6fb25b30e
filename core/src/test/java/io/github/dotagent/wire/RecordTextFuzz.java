package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.IN;

import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;

/** The data of one record of any type, or of one EDNS option, as the command line shows it. */
public final class RecordTextFuzz implements FuzzTarget {
  private final ShownResponseFuzz shown = new ShownResponseFuzz();

  @Override
  public void read(byte[] octets) {
    FuzzInput input = new FuzzInput(octets);
    boolean option = (input.octet() & 1) != 0;
    int type = input.octet() << 8 | input.octet();
    byte[] data = input.rest();
    RawMessage message = RawMessage.to(Decoded.WWW_A);
    shown.read(
        option
            ? message.option(type, data).bytes()
            : message.answer(RawMessage.record("www.example.com", type, IN, 1, data)).bytes());
  }
}
