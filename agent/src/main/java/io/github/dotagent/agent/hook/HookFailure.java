package io.github.dotagent.agent.hook;

/** The hook cannot be put in place in this JVM; the message says why and what to do. */
public final class HookFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public HookFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
