package io.github.dotagent.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Whether this machine has IPv6: without it, the JDK does not ask for IPv6 addresses or return any.
 */
public final class Ipv6OfThisMachine {
  public static final boolean PRESENT = present();

  public static final String ABSENT = "this machine has no IPv6";

  private Ipv6OfThisMachine() {}

  private static boolean present() {
    try (ServerSocket there = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return there.isBound();
    } catch (IOException none) {
      return false;
    }
  }
}
