package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much one call to another JVM may bring. */
class LoopbackSocketFactoryTest {
  private static final String TOO_MUCH = "it sends more than 32 MB";
  private static final int AT_ONCE = 1 << 20;

  private final InputStream in = LoopbackSocketFactory.bounded(new Endless());

  @BeforeEach
  void begin() {
    LoopbackSocketFactory.nextCall();
  }

  @Test
  void oneCallReadsNoMoreThanTheLimit() throws IOException {
    assertBrings();
    assertEquals(TOO_MUCH, assertThrows(IOException.class, in::read).getMessage());
  }

  @Test
  void aBlockThatGoesBeyondIsRefused() throws IOException {
    assertEquals(0, in.read());
    for (int left = 31; left > 0; left--) {
      assertEquals(AT_ONCE, in.read(new byte[AT_ONCE], 0, AT_ONCE));
    }
    IOException refused =
        assertThrows(IOException.class, () -> in.read(new byte[AT_ONCE], 0, AT_ONCE));
    assertEquals(TOO_MUCH, refused.getMessage());
  }

  @Test
  void eachCallHasTheWholeLimit() throws IOException {
    for (int call = 0; call < 3; call++) {
      LoopbackSocketFactory.nextCall();
      assertBrings();
    }
  }

  @Test
  void theEndDoesNotCountAsAnOctet() throws IOException {
    InputStream ended = LoopbackSocketFactory.bounded(InputStream.nullInputStream());
    for (int i = 0; i < 3; i++) {
      assertEquals(-1, ended.read());
      assertEquals(-1, ended.read(new byte[1], 0, 1));
    }
    assertBrings();
    assertThrows(IOException.class, in::read);
  }

  private void assertBrings() throws IOException {
    for (long left = LoopbackSocketFactory.MOST_OCTETS; left > 0; left -= AT_ONCE) {
      assertEquals(AT_ONCE, in.read(new byte[AT_ONCE], 0, AT_ONCE));
    }
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return length;
    }
  }
}
