package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.jvm.RunningChild;

/** The message that a program gets if no server could be trusted or reached. */
final class Refused {
  private Refused() {}

  /**
   * Asks for a name and checks that it is refused in the words of docs/errors.md.
   *
   * @param reason the text for that upstream in the message, or its beginning
   */
  static String because(RunningChild program, String name, DotUpstream dot, String reason) {
    String said = program.ask("why " + name);
    String message =
        "ok java.net.UnknownHostException: "
            + name
            + ": no answer over TLS: "
            + dot.upstream()
            + " "
            + reason;
    assertTrue(said.startsWith(message), said + "\n instead of\n" + message);
    assertTrue(said.indexOf(" | ") > 0, "the cause is kept: " + said);
    assertEquals(0, dot.server.log().queries().size(), "no name goes to an untrusted server");
    return said;
  }
}
