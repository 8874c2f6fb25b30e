package io.github.dotagent.tls;

import io.github.dotagent.concurrent.BoundedFileAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The octets of a trust store, and the type that their beginning shows. The type in the settings
 * may be wrong, and then the JDK's message does not help. Immutable.
 */
final class TrustStoreFile {
  /** The forms that are read. */
  enum Form {
    JKS,
    PKCS12,
    PEM
  }

  /** The JDK's own store has 0.2 MB; Mozilla's authorities as PEM are as large. */
  static final int MOST_OCTETS = 16 * 1024 * 1024;

  /** How each block of a PEM bundle begins, RFC 7468 §2. */
  static final String PEM_BEGIN = "-----BEGIN ";

  /** Enough for the text that people keep above the first certificate of a bundle. */
  private static final int LOOKED_AT_FOR_PEM = 16_384;

  private static final int AT_ONCE = 8_192; // as Files.copy

  /**
   * The same limit as for the settings file: a slower disk counts as a disk that does not answer.
   */
  private static final int SECONDS = 5;

  static final int JKS_MAGIC = 0xfeedfeed; // sun.security.provider.JavaKeyStore.MAGIC
  private static final int JCEKS_MAGIC = 0xcececece; // com.sun.crypto.provider.JceKeyStore
  private static final int ZIP_MAGIC = 0x504b0304; // jars too, which people name by mistake
  private static final int GZIP_MAGIC = 0x1f8b; // RFC 1952 §2.3.1
  private static final int SEQUENCE = 0x30; // how DER and PKCS12 begin, X.690 §8.9
  private static final byte[] VERSION_3 = {2, 1, 3}; // PFX of RFC 7292 §4

  /** OBJECT IDENTIFIER pkcs7-signedData, RFC 2315 §14. */
  private static final byte[] SIGNED_DATA = {
    6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 7, 2
  };

  private final Path file;
  private final byte[] octets;

  private TrustStoreFile(Path file, byte[] octets) {
    this.file = file;
    this.octets = octets;
  }

  /**
   * @throws TlsFailure if it cannot be read, or has no end: a pipe waits for a writer for ever, and
   *     a device has no end
   */
  static TrustStoreFile read(Path file) throws TlsFailure {
    TrustStoreFile store = read(file, MOST_OCTETS + 1);
    if (store.octets.length > MOST_OCTETS) {
      throw tooLarge(file);
    }
    return store;
  }

  private static TlsFailure tooLarge(Path file) {
    return failure(
        file,
        "is larger than " + MOST_OCTETS / 1024 / 1024 + " MB",
        "name a file that holds the authorities alone with dotagent.trustStore=PATH",
        null);
  }

  /**
   * Reads only the beginning.
   *
   * @param most how many octets to read at most
   */
  static TrustStoreFile read(final Path file, final int most) throws TlsFailure {
    try {
      byte[] octets =
          BoundedFileAccess.within(
              SECONDS,
              "file-reader",
              new Callable<byte[]>() {
                @Override
                public byte[] call() throws IOException {
                  return octetsOf(file, most);
                }
              });
      return new TrustStoreFile(file, octets);
    } catch (TlsFailure told) {
      throw told;
    } catch (NoSuchFileException absent) {
      throw failure(file, "cannot be read: no such file", "correct dotagent.trustStore", absent);
    } catch (IOException unreadable) {
      throw failure(
          file,
          "cannot be read: " + unreadable.getMessage(),
          "correct dotagent.trustStore, or who may read it",
          unreadable);
    }
  }

  /** Runs within the time limit, because asking for the type of a file needs the disk, too. */
  private static byte[] octetsOf(Path file, int most) throws IOException {
    if (Files.isDirectory(file)) {
      throw failure(file, "is a folder", "name a file in it with dotagent.trustStore=PATH", null);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw failure(
          file,
          "is a pipe or a device, not a file",
          "write its content to a file, and name that with dotagent.trustStore=PATH",
          null);
    }
    if (most > MOST_OCTETS && Files.exists(file) && Files.size(file) > MOST_OCTETS) {
      throw tooLarge(file); // known without reading it, which takes a slow machine seconds
    }
    try (InputStream in = Files.newInputStream(file)) {
      return upTo(most, in);
    }
  }

  private static byte[] upTo(int most, InputStream in) throws IOException {
    byte[] octets = new byte[Math.min(most, AT_ONCE)];
    int length = 0;
    while (length < most) {
      if (length == octets.length) {
        octets = Arrays.copyOf(octets, Math.min(most, 2 * length));
      }
      int read = in.read(octets, length, octets.length - length);
      if (read < 0) {
        break;
      }
      length += read;
    }
    return Arrays.copyOf(octets, length);
  }

  byte[] octets() {
    return octets;
  }

  /**
   * The type of the content, whatever the user calls it.
   *
   * @param named the type the user named
   * @throws TlsFailure for a file that is not a trust store, and for one of another type than
   *     named; the JDK reads JKS and PKCS12 under both names (keystore.type.compat)
   */
  Form form(Optional<String> named) throws TlsFailure {
    Form form = formOfContent();
    String type = named.orElse("").toUpperCase(Locale.ROOT);
    if (!type.isEmpty() && type.equals("PEM") != (form == Form.PEM)) {
      throw failure(
          file,
          "is "
              + (form == Form.PEM ? "a PEM bundle" : "a " + form + " store")
              + ", and not "
              + type,
          "write dotagent.trustStoreType=" + form + ", or leave it out",
          null);
    }
    return form;
  }

  private Form formOfContent() throws TlsFailure {
    if (octets.length == 0) {
      throw failure(file, "is empty", "name another with dotagent.trustStore=PATH", null);
    }
    int magic = octets.length < 4 ? 0 : number(octets, 0);
    if (magic == JKS_MAGIC) {
      return Form.JKS;
    }
    if (octets[0] == SEQUENCE && has(VERSION_3, contentBegins())) {
      return Form.PKCS12;
    }
    if (looksLikePem()) {
      return Form.PEM;
    }
    throw noStore(magic);
  }

  private TlsFailure noStore(int magic) {
    if (magic == JCEKS_MAGIC) {
      return failure(file, "is a JCEKS store", converted("keytool -importkeystore"), null);
    }
    if (DerCertificate.isOne(octets)) {
      return failure(
          file, "is one certificate in DER", converted("openssl x509 -inform DER"), null);
    }
    if (octets[0] == SEQUENCE && has(SIGNED_DATA, contentBegins())) {
      return failure(
          file, "is PKCS #7 in DER", converted("openssl pkcs7 -inform DER -print_certs"), null);
    }
    if (isUtf16()) {
      return failure(file, "is text in UTF-16", "save it as ASCII or UTF-8", null);
    }
    if (magic == ZIP_MAGIC || magic >>> 16 == GZIP_MAGIC) {
      return failure(file, "is compressed", "unpack it first", null);
    }
    return failure(
        file,
        "holds no certificate: it is neither PEM nor a PKCS12 or JKS store",
        "name one with dotagent.trustStore=PATH",
        null);
  }

  private static String converted(String tool) {
    return "convert it to PEM or PKCS12 (" + tool + ")";
  }

  /** Text with two octets for each letter, with or without a byte order mark. */
  private boolean isUtf16() {
    return octets.length >= 2
        && ((octets[0] & 0xff) + (octets[1] & 0xff) == 0xff + 0xfe
            || octets[0] == 0 && octets[1] == '-'
            || octets[1] == 0 && octets[0] == '-');
  }

  private boolean looksLikePem() {
    int length = Math.min(octets.length, LOOKED_AT_FOR_PEM);
    return new String(octets, 0, length, StandardCharsets.ISO_8859_1).contains(PEM_BEGIN);
  }

  /** The place where the content of a DER SEQUENCE begins, after its tag and length. */
  private int contentBegins() {
    int length = octets.length < 2 ? 0 : octets[1] & 0xff;
    return length <= 0x80 ? 2 : 2 + length - 0x80;
  }

  private boolean has(byte[] part, int at) {
    return at + part.length <= octets.length
        && Arrays.equals(part, Arrays.copyOfRange(octets, at, at + part.length));
  }

  /**
   * Big-endian. Not by a DataInputStream: on newer Javas its VarHandles cost a start most of a
   * millisecond.
   */
  static int number(byte[] octets, int at) {
    return (octets[at] & 0xff) << 24
        | (octets[at + 1] & 0xff) << 16
        | (octets[at + 2] & 0xff) << 8
        | (octets[at + 3] & 0xff);
  }

  /** One line: the file, its problem, and what to do. */
  static TlsFailure failure(Path file, String why, String remedy, Throwable cause) {
    return new TlsFailure(
        TlsFailure.Kind.UNTRUSTED, "trust store " + file + ' ' + why + "; " + remedy, cause);
  }
}
