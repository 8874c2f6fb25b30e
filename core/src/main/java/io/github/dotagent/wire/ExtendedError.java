package io.github.dotagent.wire;

import io.github.dotagent.net.TerminalText;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;

/** The extended DNS error of a response (RFC 8914): why a server could not answer, for people. */
final class ExtendedError {
  /** RFC 8914 §2: the option code. */
  private static final int OPTION = 15;

  private static final int CODE_OCTETS = 2; // RFC 8914 §2

  /** A text longer than this is cut: it goes into a one-line message, and a server chose it. */
  private static final int LONGEST_TEXT = 200;

  private ExtendedError() {}

  /** All errors of a response that could be read, for a client that understands them itself. */
  static List<EDNSOption> optionsOf(ReceivedMessage message) {
    List<EDNSOption> options = new ArrayList<>();
    int data = message.option(OPTION);
    while (data >= 0) {
      if (message.optionLength(data) >= CODE_OCTETS) {
        options.add(new GenericEDNSOption(OPTION, message.copy(data, message.optionLength(data))));
      }
      data = message.nextOption(OPTION, data);
    }
    return options;
  }

  /** Code and text in one line; empty when the response has none that could be read. */
  static String textOf(ReceivedMessage message) {
    int data = message.option(OPTION);
    int length = data < 0 ? 0 : message.optionLength(data);
    if (length < CODE_OCTETS) {
      return "";
    }
    String text = message.utf8(data + CODE_OCTETS, length - CODE_OCTETS);
    if (text.endsWith("\0")) { // RFC 8914 §2: should not be there, but must be accepted
      text = text.substring(0, text.length() - 1);
    }
    return "EDE "
        + message.u16(data)
        + (text.isEmpty() ? "" : ": " + TerminalText.of(text, LONGEST_TEXT));
  }
}
