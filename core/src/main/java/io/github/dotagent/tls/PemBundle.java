package io.github.dotagent.tls;

import io.github.dotagent.net.TerminalText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certificates as text, one after another, with any text between them (RFC 7468). They are split
 * here, because the JDK's CertificateFactory fails for a byte order mark, for words between the
 * certificates on some Javas, and with an unclear message for anything that is not a certificate.
 */
final class PemBundle {
  private static final String BEGIN = TrustStoreFile.PEM_BEGIN;
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /** A label is a few words; a longer text is not a label. */
  private static final int LONGEST_LABEL = 64;

  private final Path file;
  private final String text;
  private final List<byte[]> certificates = new ArrayList<>();
  private String other; // the label of the first block that is no certificate

  private PemBundle(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * The certificates in DER, each of the right shape.
   *
   * @throws TlsFailure if there is none, one is damaged, or there is a key
   */
  static List<byte[]> certificates(Path file, byte[] octets) throws TlsFailure {
    // octets beyond ASCII stand in comments, and in the mark that Windows puts before UTF-8
    PemBundle bundle = new PemBundle(file, new String(octets, StandardCharsets.ISO_8859_1));
    bundle.read();
    return bundle.certificates;
  }

  private void read() throws TlsFailure {
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      if (labelEnd < 0 || labelEnd - at > BEGIN.length() + LONGEST_LABEL) {
        throw damaged("the line that begins it does not end in " + DASHES);
      }
      String label = text.substring(at + BEGIN.length(), labelEnd);
      int begin = labelEnd + DASHES.length();
      int end = text.indexOf(END + label + DASHES, begin);
      int next = text.indexOf(BEGIN, begin);
      if (end < 0 || next >= 0 && next < end) {
        throw damaged("-----END " + TerminalText.of(label) + DASHES + " is missing");
      }
      take(label, text.substring(begin, end));
      at = next;
    }
    if (certificates.isEmpty()) {
      throw TrustStoreFile.failure(
          file,
          "holds no certificate" + (other == null ? "" : ", but a " + TerminalText.of(other)),
          "write those of the authorities into it, each from -----BEGIN CERTIFICATE----- on",
          null);
    }
  }

  private void take(String label, String base64) throws TlsFailure {
    if (label.endsWith("PRIVATE KEY")) {
      throw TrustStoreFile.failure(
          file,
          "holds a private key, which a trust store does not need",
          "leave nothing but the certificates of the authorities in it",
          null);
    }
    if (label.equals("TRUSTED CERTIFICATE")) {
      throw TrustStoreFile.failure(
          file,
          "holds a TRUSTED CERTIFICATE, a form of OpenSSL's own",
          "convert it (openssl x509 -in FILE -out ca.pem)",
          null);
    }
    if (label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE")) {
      certificates.add(der(base64));
    } else if (other == null) {
      other = label;
    }
  }

  private byte[] der(String base64) throws TlsFailure {
    StringBuilder letters = new StringBuilder(base64.length());
    for (int i = 0; i < base64.length(); i++) {
      if (!Character.isWhitespace(base64.charAt(i))) {
        letters.append(base64.charAt(i));
      }
    }
    byte[] octets;
    try {
      // not the MIME decoder, because that skips everything that is not base64
      octets = Base64.getDecoder().decode(letters.toString());
    } catch (IllegalArgumentException notBase64) {
      throw damaged("its content is not base64");
    }
    if (!DerCertificate.isOne(octets)) {
      throw damaged(octets.length == 0 ? "it is empty" : "its content is not X.509");
    }
    return octets;
  }

  private TlsFailure damaged(String how) {
    return TrustStoreFile.failure(
        file,
        "holds a certificate that is damaged, number " + (certificates.size() + 1) + ": " + how,
        "copy it again, whole",
        null);
  }
}
