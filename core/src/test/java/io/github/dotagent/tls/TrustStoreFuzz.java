package io.github.dotagent.tls;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A trust store, and a client certificate with its key: PEM, JKS or PKCS12, whatever is there. */
public final class TrustStoreFuzz implements FuzzTarget {
  private static final String PASSWORD = "changeit";

  private final Path file = file();

  static Path file() {
    try {
      Path file = Files.createTempFile("fuzz", ".pem");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void read(byte[] octets) throws IOException {
    FuzzInput input = new FuzzInput(octets);
    boolean withPassword = (input.octet() & 1) != 0;
    byte[] text = input.rest();
    if (isCostly(text)) {
      Pkcs12Iterations.problem(text, withPassword); // without an exception
      return;
    }
    Files.write(file, text);
    TrustStoreSpec store = new TrustStoreSpec(file, null, withPassword ? PASSWORD : null);
    TlsPolicy policy = new TlsPolicy(Authentication.NAME, Set.of(), PinMode.ENFORCE, store);
    boolean good = check(() -> TrustStoreCheck.check(policy));
    boolean read = check(() -> TrustAnchors.read(policy));
    Findings.check(!good || read, "the start takes it, and a lookup does not");
    check(() -> ClientKey.read(new ClientCertificateSpec(file, withPassword ? PASSWORD : null)));
  }

  /** PKCS12 may ask for millions of iterations, which its owner waits for: not a finding. */
  private static boolean isCostly(byte[] octets) {
    return octets.length > 0 && octets[0] == 0x30;
  }

  private interface Check {
    void run() throws TlsFailure;
  }

  private static boolean check(Check check) {
    try {
      check.run();
      return true;
    } catch (TlsFailure refused) {
      Findings.checkIsLine(refused.getMessage());
      return false;
    }
  }

  @Override
  public List<byte[]> found() {
    try {
      ByteArrayOutputStream jks = new ByteArrayOutputStream();
      jks.write(1);
      Anchors.of("JKS", Chains.ROOT).store(jks, PASSWORD.toCharArray());
      String root = block("CERTIFICATE", Chains.der(Chains.ROOT));
      String key = block("PRIVATE KEY", Chains.ROOT.key().getPrivate().getEncoded());
      return List.of(
          jks.toByteArray(),
          latin("0" + root),
          latin("0" + key + root),
          latin("0x\n" + root + root));
    } catch (IOException | GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  @Override
  public int variants() {
    return 200;
  }
}
