package io.github.dotagent.it.demo;

import java.util.List;

/** The output of the demo, and whether all checks passed. */
final class DemoOutput {
  private boolean allWell = true;

  void title(String text) {
    System.out.println();
    System.out.println("== " + text);
  }

  void say(String text) {
    System.out.println(text);
  }

  void line(String text) {
    System.out.println("   " + text);
  }

  void lines(List<String> lines) {
    lines.forEach(this::line);
  }

  /** Says whether it holds; one that does not makes the demo fail. */
  void check(boolean holds, String what) {
    System.out.println((holds ? "ok   " : "FAIL ") + what);
    allWell &= holds;
  }

  int exitCode() {
    return allWell ? 0 : 1;
  }
}
