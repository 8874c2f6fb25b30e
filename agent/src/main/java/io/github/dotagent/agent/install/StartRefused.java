package io.github.dotagent.agent.install;

/** The program must not start; the message is the one line that the user gets to read. */
final class StartRefused extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  StartRefused(String message) {
    super(message);
  }
}
