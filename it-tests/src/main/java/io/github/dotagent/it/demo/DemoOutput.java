package io.github.dotagent.it.demo;

import java.io.PrintStream;
import java.util.List;

/**
 * The output of the demo, and whether all checks passed. Colours are for a terminal: {@code ./demo}
 * says whether there is one.
 */
final class DemoOutput {
  /** {@code true} where colours are wanted. */
  static final String COLOR = "demo.color";

  // SGR, ECMA-48 §8.3.117; the eight colours that each terminal has, so that its own theme decides
  private static final String BOLD = "1";
  private static final String FAINT = "2";
  private static final String GREEN = "32";
  private static final String RED = "1;31";

  private final PrintStream out;
  private final boolean colored;
  private boolean allWell = true;

  DemoOutput(PrintStream out, boolean colored) {
    this.out = out;
    this.colored = colored;
  }

  static DemoOutput toStdout() {
    return new DemoOutput(System.out, Boolean.getBoolean(COLOR));
  }

  void title(String text) {
    out.println();
    out.println(in(BOLD, "== " + text));
  }

  /** What happens, and why. */
  void say(String text) {
    out.println("   " + text);
  }

  /** What a program, a log or a server said. */
  void line(String text) {
    out.println(in(FAINT, "     " + text));
  }

  void lines(List<String> lines) {
    lines.forEach(this::line);
  }

  /** Says whether it holds; one that does not makes the demo fail. */
  void check(boolean holds, String what) {
    out.println((holds ? in(GREEN, "ok   ") : in(RED, "FAIL ")) + what);
    allWell &= holds;
  }

  int exitCode() {
    return allWell ? 0 : 1;
  }

  private String in(String color, String text) {
    return colored ? "\u001b[" + color + "m" + text + "\u001b[0m" : text;
  }
}
