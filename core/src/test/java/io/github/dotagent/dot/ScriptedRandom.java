package io.github.dotagent.dot;

import java.security.SecureRandom;
import java.util.function.IntUnaryOperator;

/** Draws the ids of a script: the n-th id is the script's n-th value. For one thread. */
final class ScriptedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient IntUnaryOperator script;
  private int drawn;

  ScriptedRandom(IntUnaryOperator script) {
    this.script = script;
  }

  @Override
  public void nextBytes(byte[] octets) {
    for (int i = 0; i < octets.length; i += 2) {
      int id = script.applyAsInt(drawn++);
      octets[i] = (byte) (id >> 8);
      octets[i + 1] = (byte) id;
    }
  }
}
