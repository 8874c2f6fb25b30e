package io.github.dotagent.agent.cli.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A TLS session in kdig's form, such as {@code (TLS1.3)-(AES-256-GCM)}, as far as it is known: JSSE
 * tells neither the group of the key exchange nor the algorithm of the signature.
 */
final class SessionText {
  private static final String WITH = "_WITH_";

  private SessionText() {}

  /**
   * @param version as JSSE names it, such as {@code TLSv1.3}
   * @param cipherSuite as IANA names it
   */
  static String of(String version, String cipherSuite) {
    StringBuilder text = new StringBuilder("(").append(version.replace("TLSv", "TLS")).append(')');
    String cipher = cipherSuite.replaceFirst("^(TLS|SSL)_", "");
    int with = cipher.indexOf(WITH);
    if (with >= 0) { // up to TLS 1.2 the suite has the key exchange and the kind of key as well
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
