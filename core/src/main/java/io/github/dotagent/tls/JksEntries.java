package io.github.dotagent.tls;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The certificates of a JKS store, as octets: the JDK reads all or none of them, and does not say
 * which is damaged. The format is that of {@code sun.security.provider.JavaKeyStore}.
 */
final class JksEntries {
  private static final int TRUSTED = 2; // the tag of an entry that is a certificate
  private static final int SECOND_VERSION =
      2; // from here on each certificate has its type before it

  private JksEntries() {}

  /**
   * By alias, in their order.
   *
   * @throws IOException when the store ends too soon, or has entries of another kind
   */
  static Map<String, byte[]> certificates(byte[] store) throws IOException {
    Map<String, byte[]> certificates = new LinkedHashMap<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(store));
    in.readInt(); // the magic number
    int version = in.readInt();
    for (int left = in.readInt(); left > 0; left--) {
      if (in.readInt() != TRUSTED) {
        return certificates; // a key, whose chain is no authority
      }
      String alias = in.readUTF();
      in.readLong(); // when it was added
      if (version == SECOND_VERSION) {
        in.readUTF(); // X.509
      }
      int length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw new EOFException();
      }
      byte[] octets = new byte[length];
      in.readFully(octets);
      certificates.put(alias, octets);
    }
    return certificates;
  }
}
