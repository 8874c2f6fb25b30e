package io.github.dotagent.agent.install;

/** The program must not start. The message is the only line that the user sees. */
final class StartRefused extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  StartRefused(String message) {
    super(message);
  }
}
