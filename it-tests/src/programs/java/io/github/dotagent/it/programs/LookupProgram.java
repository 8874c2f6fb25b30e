package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Looks names up the way that programs do, and prints one line for each: {@code ok …} or {@code
 * failed CLASS: MESSAGE}. The arguments are commands one after the other; {@code -} reads further
 * ones from stdin, a line each, until it closes. An unknown command ends the program with 2.
 */
public final class LookupProgram {
  private static final String FROM_STDIN = "-";
  private static final int WRONG_USE = 2;

  private LookupProgram() {}

  public static void main(String[] args) throws IOException {
    LastResort.arm();
    Deque<String> words = new ArrayDeque<String>(Arrays.asList(args));
    while (!words.isEmpty()) {
      if (words.peek().equals(FROM_STDIN)) {
        words.remove();
        readCommands();
      } else {
        perform(words);
      }
    }
  }

  private static void readCommands() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      perform(new ArrayDeque<String>(Arrays.asList(line.trim().split(" +"))));
    }
  }

  /** Takes one command and its arguments off the front. */
  private static void perform(Deque<String> words) {
    String name = words.remove();
    ProgramCommand command = ProgramCommand.named(name);
    if (command == null || words.size() < command.arguments()) {
      System.err.println("unknown or incomplete command: " + name);
      System.exit(WRONG_USE);
      return;
    }
    String[] arguments = new String[command.arguments()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = words.remove();
    }
    System.out.println(outcome(command, arguments));
    System.out.flush();
  }

  private static String outcome(ProgramCommand command, String[] arguments) {
    try {
      return "ok " + command.perform(arguments);
    } catch (Exception failure) {
      return "failed " + Failures.oneLine(failure);
    }
  }
}
