package io.github.dotagent.inspect;

import java.io.IOException;

/** A connection that ended before a response had come. Its message is for people. */
public final class ConnectionLost extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectionLost(String message, IOException cause) {
    super(message, cause);
  }
}
