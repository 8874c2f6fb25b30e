package io.github.dotagent.resolver;

import io.github.dotagent.answer.LookupFailure;
import java.io.IOException;

/**
 * The agent's failures in the JDK's types: a program may send an exception to another JVM, or keep
 * it in a session, and there the agent's classes are unknown. Messages and stack traces stay.
 */
final class JdkFailure {
  /** The most causes of causes: deeper ones do not help a reader. */
  private static final int DEEPEST = 8;

  private JdkFailure() {}

  /** Null for null. */
  static Throwable of(Throwable failure) {
    return copy(failure, DEEPEST);
  }

  private static Throwable copy(Throwable failure, int depth) {
    if (failure == null || depth == 0) {
      return null;
    }
    IOException copy = new IOException(textOf(failure), copy(failure.getCause(), depth - 1));
    copy.setStackTrace(failure.getStackTrace());
    for (Throwable suppressed : failure.getSuppressed()) {
      copy.addSuppressed(copy(suppressed, depth - 1));
    }
    if (failure instanceof LookupFailure) {
      for (Throwable attempt : ((LookupFailure) failure).causes()) {
        copy.addSuppressed(copy(attempt, depth - 1));
      }
    }
    return copy;
  }

  /** The message, with the name of the class if it is a JDK exception or has no message. */
  private static String textOf(Throwable failure) {
    boolean ours = failure.getClass().getName().startsWith("io.github.dotagent.");
    return ours && failure.getMessage() != null ? failure.getMessage() : failure.toString();
  }
}
