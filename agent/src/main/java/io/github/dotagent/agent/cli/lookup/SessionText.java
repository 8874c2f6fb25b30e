package io.github.dotagent.agent.cli.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A TLS session in kdig's form, such as {@code (TLS1.3)-(AES-256-GCM)}. It lacks the group of the
 * key exchange and the algorithm of the signature, because JSSE does not report them.
 */
final class SessionText {
  private static final String WITH = "_WITH_";

  private SessionText() {}

  /**
   * @param version JSSE's name of it, such as {@code TLSv1.3}
   * @param cipherSuite IANA's name of it
   */
  static String of(String version, String cipherSuite) {
    StringBuilder text = new StringBuilder("(").append(version.replace("TLSv", "TLS")).append(')');
    String cipher = cipherSuite.replaceFirst("^(TLS|SSL)_", "");
    int with = cipher.indexOf(WITH);
    if (with >= 0) { // up to TLS 1.2 the suite also names the key exchange and the kind of key
      for (String part : cipher.substring(0, with).split("_", -1)) {
        text.append("-(").append(part).append(')');
      }
      cipher = cipher.substring(with + WITH.length());
    }
    List<String> words = new ArrayList<>(Arrays.asList(cipher.split("_", -1)));
    words.remove(words.size() - 1); // the hash, which kdig does not name here
    return text.append("-(").append(String.join("-", words)).append(')').toString();
  }
}
