package io.github.dotagent.config;

import java.util.Locale;

/**
 * The variables that Kubernetes and Docker's links put into a container for each service: {@code
 * NAME_SERVICE_HOST}, {@code NAME_SERVICE_PORT[_PORTNAME]}, {@code NAME_PORT}, {@code
 * NAME_PORT_853_TCP} and {@code ..._PROTO}, {@code ..._PORT}, {@code ..._ADDR}. A service whose
 * name begins with the agent's has some that look like settings.
 */
final class ServiceLink {
  /** How values begin that are one of the URLs of such a variable. */
  private static final String[] URLS = {"tcp://", "udp://", "sctp://"};

  private static final String[] PROTOCOLS = {"TCP", "UDP", "SCTP"};

  private static final String[] PARTS = {"_PROTO", "_PORT", "_ADDR"};

  private ServiceLink() {}

  static boolean is(String variable, String value) {
    String name = variable.toUpperCase(Locale.ROOT);
    return name.endsWith("_SERVICE_HOST")
        || hasPart(name, "_SERVICE_PORT")
        || name.endsWith("_PORT") && isUrl(value)
        || isOfPort(name);
  }

  /** At the end, or before the name of a port. */
  private static boolean hasPart(String name, String part) {
    return name.endsWith(part) || name.contains(part + '_');
  }

  private static boolean isUrl(String value) {
    for (String url : URLS) {
      if (value.startsWith(url)) {
        return true;
      }
    }
    return false;
  }

  /** {@code ..._PORT_853_TCP} and what may follow it. */
  private static boolean isOfPort(String name) {
    String whole = name;
    for (String part : PARTS) {
      if (name.endsWith(part)) {
        whole = name.substring(0, name.length() - part.length());
      }
    }
    for (String protocol : PROTOCOLS) {
      if (whole.endsWith('_' + protocol)) {
        String port = whole.substring(0, whole.length() - protocol.length() - 1);
        int start = port.lastIndexOf("_PORT_") + "_PORT_".length();
        return port.contains("_PORT_") && CountText.isDigits(port.substring(start));
      }
    }
    return false;
  }
}
