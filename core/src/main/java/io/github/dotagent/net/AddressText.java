package io.github.dotagent.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/** An address as people write it. */
public final class AddressText {
  private AddressText() {}

  /** For IPv6, the short form (RFC 5952 §4.2); a zone stays. */
  public static String of(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? compressed(text) : text;
  }

  /**
   * The JDK and dnsjava print all eight groups; people and unbound write the longest run of zeros
   * as ::.
   */
  public static String compressed(String eightGroups) {
    String[] groups = eightGroups.split(":", -1);
    int bestStart = -1;
    int bestLength = 1; // RFC 5952 §4.2.2: a single zero group is not shortened
    for (int i = 0; i < groups.length; i++) {
      int run = 0;
      while (i + run < groups.length && groups[i + run].equals("0")) {
        run++;
      }
      if (run > bestLength) {
        bestStart = i;
        bestLength = run;
      }
    }
    if (bestStart < 0) {
      return eightGroups;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bestStart; i++) {
      text.append(groups[i]).append(':');
    }
    text.append(bestStart == 0 ? "::" : ":");
    for (int i = bestStart + bestLength; i < groups.length; i++) {
      text.append(groups[i]).append(i < groups.length - 1 ? ":" : "");
    }
    return text.toString();
  }
}
