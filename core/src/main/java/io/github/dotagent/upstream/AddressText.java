package io.github.dotagent.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;

/** An address as people write it. */
final class AddressText {
  private AddressText() {}

  static String of(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? compressed(text) : text;
  }

  /** The JDK prints all eight groups; people and unbound write the longest run of zeros as ::. */
  private static String compressed(String eightGroups) {
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
