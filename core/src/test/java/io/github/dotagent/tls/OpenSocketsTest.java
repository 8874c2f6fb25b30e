package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import org.junit.jupiter.api.Test;

class OpenSocketsTest {
  private final OpenSockets sockets = new OpenSockets();

  @Test
  void allAreClosedAtTheEndAndThoseThatComeLaterAtOnce() throws Exception {
    try (Socket one = new Socket();
        Socket two = new Socket();
        Socket late = new Socket()) {
      sockets.add(one);
      sockets.add(two);
      assertFalse(one.isClosed() || two.isClosed());
      sockets.closeAll();
      assertTrue(one.isClosed() && two.isClosed());
      sockets.add(late);
      assertTrue(late.isClosed());
    }
  }
}
