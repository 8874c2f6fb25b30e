package io.github.dotagent.it.programs;

import java.io.IOException;
import java.net.InetAddress;

/**
 * Looks up all of its arguments but the first. The first says how it ends: {@code return}, {@code
 * exit} or {@code halt}. Prints the time of day, in milliseconds, as the last thing before.
 */
public final class EndingProgram {
  private EndingProgram() {}

  public static void main(String[] args) throws IOException {
    for (int i = 1; i < args.length; i++) {
      InetAddress.getByName(args[i]);
    }
    System.out.println(System.currentTimeMillis());
    System.out.flush();
    if (args[0].equals("exit")) {
      System.exit(0);
    } else if (args[0].equals("halt")) {
      Runtime.getRuntime().halt(0);
    }
  }
}
