package io.github.dotagent.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Whether the trust store is one, told before the program starts. A PEM bundle and the JDK's own
 * store are only glanced at: to read them whole takes ten times as long, and is done in the
 * background.
 */
public final class TrustStoreCheck {
  private static final String BEGIN = "-----BEGIN ";
  private static final String CERTIFICATE = "CERTIFICATE-----";
  private static final String END = "-----END ";

  private static final int JKS = 0xfeedfeed; // sun.security.provider.JavaKeyStore.MAGIC

  /** What follows the magic number: the version, and how many entries there are. */
  private static final int JKS_COUNT_AT = 8;

  private static final int JKS_HEADER = JKS_COUNT_AT + 4;

  /** What a DER certificate begins with: a SEQUENCE (RFC 5280 §4.1). */
  private static final byte SEQUENCE = 0x30;

  private TrustStoreCheck() {}

  /** Whether the check has to read the store whole, with the JDK's own classes for that. */
  public static boolean isThorough(TlsPolicy policy) throws TlsFailure {
    TrustStoreSpec spec = policy.trustStore().orElse(null);
    return spec != null && policy.authentication() == TlsPolicy.Authentication.NAME && !isPem(spec);
  }

  /**
   * @throws TlsFailure when it cannot be used; the message names the file
   */
  public static void check(TlsPolicy policy) throws TlsFailure {
    if (policy.authentication() == TlsPolicy.Authentication.PINS) {
      return; // nobody is trusted for an authority's sake
    }
    TrustStoreSpec spec = policy.trustStore().orElse(null);
    if (spec == null) {
      glanceAtStore(TrustAnchors.jdkCacerts());
    } else if (isPem(spec)) {
      glanceAtBundle(spec.file());
    } else {
      TrustAnchors.read(policy);
    }
  }

  private static boolean isPem(TrustStoreSpec spec) throws TlsFailure {
    try {
      return TrustAnchors.isPem(spec);
    } catch (IOException unreadable) {
      throw unreadable(spec.file(), unreadable);
    }
  }

  /** JKS says how many it holds; a PKCS12 store is left for the background. */
  static void glanceAtStore(Path file) throws TlsFailure {
    byte[] header = new byte[JKS_HEADER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int length = 0; length < header.length; ) {
        int read = in.read(header, length, header.length - length);
        if (read < 0) {
          throw TrustAnchors.failure(file, "holds no certificate", null); // too short to be a store
        }
        length += read;
      }
    } catch (TlsFailure empty) {
      throw empty;
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
    if (number(header, 0) == JKS && number(header, JKS_COUNT_AT) == 0) {
      throw TrustAnchors.failure(file, "holds no certificate", null);
    }
  }

  /**
   * Big-endian. Not by a DataInputStream: on newer Javas its VarHandles cost a start most of a
   * millisecond.
   */
  private static int number(byte[] octets, int at) {
    return (octets[at] & 0xff) << 24
        | (octets[at + 1] & 0xff) << 16
        | (octets[at + 2] & 0xff) << 8
        | (octets[at + 3] & 0xff);
  }

  private static void glanceAtBundle(Path file) throws TlsFailure {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
      int line = text.indexOf('\n', at);
      String header = line < 0 ? "" : text.substring(at, line).trim();
      if (header.endsWith(CERTIFICATE)) {
        int end = text.indexOf(END, line);
        if (end < 0 || !isDer(text.substring(line, end))) {
          throw TrustAnchors.failure(file, "holds a certificate that is damaged", null);
        }
        return;
      }
    }
    throw TrustAnchors.failure(file, "holds no certificate", null);
  }

  private static boolean isDer(String base64) {
    try {
      byte[] octets = Base64.getMimeDecoder().decode(base64);
      return octets.length > 0 && octets[0] == SEQUENCE;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static TlsFailure unreadable(Path file, IOException unreadable) {
    boolean absent = unreadable instanceof NoSuchFileException;
    String why = absent ? "no such file" : unreadable.getMessage();
    return TrustAnchors.failure(file, "cannot be read: " + why, unreadable);
  }
}
