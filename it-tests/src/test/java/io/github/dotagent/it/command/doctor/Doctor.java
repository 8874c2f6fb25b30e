package io.github.dotagent.it.command.doctor;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.util.List;

/**
 * What {@code doctor} said.
 *
 * @param exitCode the command's
 * @param lines of its stdout
 */
record Doctor(int exitCode, List<String> lines) {
  /** Runs it as a user does. */
  static Doctor run(JavaHome java, Agent settings, String... options) {
    return of(child(java, settings, options).run());
  }

  /** The command, to be run elsewhere. */
  static ChildJvm child(JavaHome java, Agent settings, String... options) {
    return new Tool(java)
        .command("doctor")
        .args(options)
        .jvmArgs(settings.settingArgs().toArray(String[]::new));
  }

  /**
   * @throws AssertionError when it said something on stderr
   */
  static Doctor of(ChildResult result) {
    if (!result.stderr().isEmpty()) {
      throw new AssertionError(result.toString());
    }
    return new Doctor(result.exitCode(), result.stdout());
  }

  /** The line of a check, without its name: {@code VERDICT TEXT}; the first of that name. */
  String line(String check) {
    return lines.stream()
        .filter(line -> line.startsWith("  " + check + " "))
        .map(line -> line.substring(check.length() + 2).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " is not in:\n" + this));
  }

  /** The remedies of all checks. */
  List<String> remedies() {
    return lines.stream().map(String::strip).filter(line -> line.startsWith("-> ")).toList();
  }

  /**
   * @throws AssertionError when no remedy has the text
   */
  void told(String remedy) {
    if (remedies().stream().noneMatch(line -> line.contains(remedy))) {
      throw new AssertionError(toString());
    }
  }

  /**
   * @param reason a regular expression
   * @throws AssertionError when the check has not failed for this reason
   */
  void failedFor(String check, String reason) {
    if (!line(check).matches("FAIL +.*" + reason + ".*")) {
      throw new AssertionError(toString());
    }
  }

  /** The checks that failed, by name. */
  List<String> failed() {
    return lines.stream()
        .filter(line -> line.matches("  [a-zA-Z ]+ FAIL  .*"))
        .map(line -> line.substring(2, line.indexOf(" FAIL ")).strip())
        .toList();
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\nexit code " + exitCode;
  }
}
