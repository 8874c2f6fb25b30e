package io.github.dotagent.it.programs;

import java.net.InetAddress;

/** The service of the manual's examples: looks a name up, and ends. */
public final class Shop {
  private Shop() {}

  public static void main(String[] args) throws Exception {
    System.out.println(InetAddress.getByName("example.com"));
  }
}
