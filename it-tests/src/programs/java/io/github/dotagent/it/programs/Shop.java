package io.github.dotagent.it.programs;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The service of the manual's examples: looks a name up, and ends; badly, if the agent is there and
 * the name is not found.
 */
public final class Shop {
  private Shop() {}

  public static void main(String[] args) throws Exception {
    try {
      System.out.println(InetAddress.getByName("example.com"));
    } catch (UnknownHostException unknown) {
      System.out.println(unknown);
      System.exit(hasAgent() ? 1 : 0);
    }
  }

  private static boolean hasAgent() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("dot-agent")) {
        return true;
      }
    }
    return false;
  }
}
