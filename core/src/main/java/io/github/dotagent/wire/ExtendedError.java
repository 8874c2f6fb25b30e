package io.github.dotagent.wire;

import java.util.List;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;

/** The extended DNS error of a response (RFC 8914): why a server could not answer, for people. */
final class ExtendedError {
  /** RFC 8914 §2: the option code. */
  private static final int OPTION = 15;

  /** A text longer than this is cut: it goes into a one-line message, and a server chose it. */
  private static final int LONGEST_TEXT = 200;

  private ExtendedError() {}

  /** Code and text in one line; empty when the response has none. */
  static String textOf(Message message) {
    OPTRecord opt = message.getOPT();
    List<EDNSOption> options = opt == null ? null : opt.getOptions(OPTION);
    if (options == null || options.isEmpty()) {
      return "";
    }
    if (!(options.get(0) instanceof ExtendedErrorCodeOption)) {
      return "";
    }
    ExtendedErrorCodeOption error = (ExtendedErrorCodeOption) options.get(0);
    String text = error.getText() == null ? "" : ": " + printable(error.getText());
    return "EDE " + error.getErrorCode() + text;
  }

  private static String printable(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST_TEXT; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return line.toString();
  }
}
