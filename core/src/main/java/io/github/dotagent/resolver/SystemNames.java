package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** What the system resolver says of names, in the words of the others. */
final class SystemNames {
  /**
   * How C libraries word {@code EAI_AGAIN}, which the JDK passes on as text: glibc, musl. That a
   * server did not answer is no sign that there is no such name.
   */
  private static final String[] TEMPORARY = {"temporary failure", "try again"};

  private final SystemResolver system;

  SystemNames(SystemResolver system) {
    this.system = system;
  }

  /** As the caller spelled it: the system applies its own search list. */
  NameResult asItIs(String host, AddressOrder order) {
    try {
      return NameResult.found(system.addresses(host, order));
    } catch (UnknownHostException refused) {
      return isTemporary(refused) ? NameResult.failed(refused) : NameResult.negative(refused);
    }
  }

  /**
   * This name and no other: with a dot at its end, the system's own search list has no say.
   *
   * @param host what the addresses are to be called
   */
  NameResult absolute(String host, HostName name, AddressOrder order) throws UnknownHostException {
    try {
      InetAddress[] found = system.addresses(name + ".", order);
      return NameResult.found(AddressList.renamed(host, found));
    } catch (UnknownHostException refused) {
      UnknownHostException ofHost = new UnknownHostException(host + ": " + refused.getMessage());
      ofHost.initCause(refused);
      return isTemporary(refused) ? NameResult.failed(ofHost) : NameResult.negative(ofHost);
    }
  }

  String nameOf(byte[] address) throws UnknownHostException {
    return system.nameOf(address);
  }

  private static boolean isTemporary(UnknownHostException refused) {
    String message = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
    for (String text : TEMPORARY) {
      if (message.contains(text)) {
        return true;
      }
    }
    return false;
  }
}
