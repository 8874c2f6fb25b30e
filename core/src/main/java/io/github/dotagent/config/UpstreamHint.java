package io.github.dotagent.config;

import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.upstream.UpstreamSpec;

/** Suggests our form of an upstream in the form of another program. */
final class UpstreamHint {
  private static final String MARKS = "@#:";

  private UpstreamHint() {}

  /**
   * The nearest {@code ADDRESS@PORT#NAME} to {@code tls://1.1.1.1}, {@code 1.1.1.1:853}, {@code
   * [::1]:853} or {@code 1.1.1.1#NAME@853}, without a name that cannot be used; null when there is
   * no address in it.
   */
  static String nearest(String entry) {
    String text = withoutUrl(entry);
    int end = addressEnd(text);
    String address = text.substring(0, end).replace("[", "").replace("]", "");
    if (!AddressLiteral.parse(address).isPresent()) {
      return null;
    }
    String rest = text.substring(end);
    int port = PortText.parse(after(rest, rest.indexOf('@') < 0 ? ':' : '@'));
    String name = DomainNameText.nearest(after(rest, '#'));
    return address
        + '@'
        + (port == 0 ? UpstreamSpec.DEFAULT_PORT : port)
        + (name != null && DomainNameText.isHostName(name) ? "#" + name : "");
  }

  private static String withoutUrl(String entry) {
    int scheme = entry.indexOf("://");
    String rest = scheme < 0 ? entry : entry.substring(scheme + "://".length());
    int path = rest.indexOf('/');
    return path < 0 ? rest : rest.substring(0, path);
  }

  private static int addressEnd(String text) {
    if (text.startsWith("[")) {
      return text.indexOf(']') + 1;
    }
    int end = 0;
    while (end < text.length() && text.charAt(end) != '@' && text.charAt(end) != '#') {
      end++;
    }
    boolean address = AddressLiteral.parse(text.substring(0, end)).isPresent();
    int colon = text.lastIndexOf(':', end - 1);
    return address || colon < 0 ? end : colon;
  }

  /** The text between a mark and the next one; empty when the mark is not there. */
  private static String after(String text, char mark) {
    int start = text.indexOf(mark) + 1;
    int end = start;
    while (start > 0 && end < text.length() && MARKS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(start, end);
  }
}
