package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Turns exceptions of the Attach API into helpful messages. */
final class AttachFailure {
  private AttachFailure() {}

  static CommandFailure of(TargetProcess process, Throwable thrown) {
    return new CommandFailure(ExitCode.FAILED, process.pid() + text(process, thrown));
  }

  private static String text(TargetProcess process, Throwable thrown) {
    String said = String.valueOf(thrown.getMessage());
    String lower = said.toLowerCase(Locale.ROOT);
    if (process.isGone()) {
      return " has ended";
    }
    if (lower.contains("connection refused")) {
      // The file of a JVM that was killed; another process has its number now. A JVM removes such a
      // file when it starts (AttachListener::vm_start).
      return TargetProcess.NO_JVM;
    }
    if (lower.contains("does not support the attach mechanism")) {
      return TargetProcess.SWITCHED_OFF;
    }
    if (thrown instanceof TimeoutException
        || lower.contains("not responding")
        || lower.contains("doesn't respond")) {
      String suspicion = process.suspicion();
      return " does not answer"
          + (suspicion.isEmpty()
              ? ": it is very busy, or was started with -XX:+DisableAttachMechanism"
              : suspicion);
    }
    return " cannot be attached to: "
        + (thrown.getMessage() == null ? thrown : said)
        + process.suspicion();
  }
}
