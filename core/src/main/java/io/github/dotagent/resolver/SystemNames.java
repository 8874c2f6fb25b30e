package io.github.dotagent.resolver;

import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.net.HostName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Asks the system resolver, and turns its answers into results like those of the upstreams. */
final class SystemNames {
  /**
   * The texts with which resolvers say "no such name", or that the name has no address: glibc,
   * musl, the BSDs and macOS, Windows. The JDK passes them on. Any other text, for example that no
   * server answered, does not mean that there is none.
   */
  private static final String[] NOTHING = {
    "name or service not known",
    "no address associated with hostname",
    "address family for hostname not supported",
    "name does not resolve",
    "name has no usable address",
    "nodename nor servname provided, or not known",
    "no address associated with nodename",
    "no such host is known",
    "no data of the requested type was found",
  };

  /**
   * A name with a label longer than 63 octets (RFC 1035 §2.3.4). Every resolver answers that there
   * is no such name, in the user's language, and asks no server.
   */
  static final String IMPOSSIBLE =
      "a-label-of-64-octets-which-is-one-too-many-for-the-dns-to-carry-.";

  private final SystemResolver system;
  private volatile String nothing; // null until it is known

  SystemNames(SystemResolver system) {
    this.system = system;
  }

  /** As the caller spelled it: the system applies its own search list. */
  NameResult<InetAddress[]> asSpelled(String host, AddressFamilyPolicy order) {
    try {
      return NameResult.found(system.addresses(host, order), Source.SYSTEM);
    } catch (UnknownHostException refused) {
      return refused(refused, isNegative(refused, host));
    }
  }

  /**
   * Only this name: with a dot at its end, the system's own search list does not apply.
   *
   * @param host the host name for the addresses
   */
  NameResult<InetAddress[]> absolute(String host, HostName name, AddressFamilyPolicy order)
      throws UnknownHostException {
    try {
      InetAddress[] found = system.addresses(name + ".", order);
      return NameResult.found(AddressList.renamed(host, found), Source.SYSTEM);
    } catch (UnknownHostException refused) {
      UnknownHostException ofHost = new UnknownHostException(host + ": " + refused.getMessage());
      ofHost.initCause(refused);
      return refused(ofHost, isNegative(refused, name + "."));
    }
  }

  /** From the JDK, an address without a name looks the same as a failed lookup. */
  NameResult<String> nameOf(byte[] address) {
    try {
      return NameResult.found(system.nameOf(address), Source.SYSTEM);
    } catch (UnknownHostException refused) {
      return refused(refused, true);
    }
  }

  private static <T> NameResult<T> refused(UnknownHostException refusal, boolean negative) {
    LookupOutcome outcome = negative ? LookupOutcome.NO_SUCH_NAME : LookupOutcome.SYSTEM_FAILURE;
    return NameResult.refused(refusal, outcome, Source.SYSTEM, null);
  }

  private boolean isNegative(UnknownHostException refused, String asked) {
    return saysNothing(refused, asked) || textOf(refused, asked).equals(inThisLanguage());
  }

  /** Whether the message is a known text for "no such name"; asks nothing. */
  static boolean saysNothing(UnknownHostException refused, String asked) {
    String text = textOf(refused, asked);
    for (String nothing : NOTHING) {
      if (text.contains(nothing)) {
        return true;
      }
    }
    return false;
  }

  private String inThisLanguage() {
    String known = nothing;
    if (known == null) {
      known = ""; // as on Java 8 for Windows: the message is only the name
      try {
        system.addresses(IMPOSSIBLE, AddressFamilyPolicy.IPV4_FIRST);
      } catch (UnknownHostException refused) {
        known = textOf(refused, IMPOSSIBLE);
      }
      nothing = known;
    }
    return known;
  }

  /**
   * Without the name, which the JDK puts before it ({@code NAME: TEXT}), or behind it on Windows
   * ({@code TEXT (NAME)}). Elsewhere in the text it is a word of the system, such as {@code
   * service} in {@code Name or service not known}.
   */
  private static String textOf(UnknownHostException refused, String asked) {
    String text = String.valueOf(refused.getMessage());
    boolean isBefore = text.equals(asked) || text.startsWith(asked + ":");
    String without =
        isBefore ? text.substring(asked.length()) : text.replace("(" + asked + ")", "()");
    return without.toLowerCase(Locale.ROOT).trim();
  }
}
