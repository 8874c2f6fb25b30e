package io.github.dotagent.it.programs;

import java.net.InetAddress;

/** Looks its arguments up, a line each, and does nothing that needs any other permission. */
public final class ManagedProgram {
  private ManagedProgram() {}

  public static void main(String[] names) {
    for (String name : names) {
      System.out.println(outcome(name));
    }
  }

  private static String outcome(String name) {
    try {
      return "ok " + InetAddress.getByName(name).getHostAddress();
    } catch (Exception failure) {
      return "failed " + Failures.oneLine(failure);
    }
  }
}
