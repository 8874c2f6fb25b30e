package io.github.dotagent.tls;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The user's file with the certificate and the key for a server that asks for them. */
public final class ClientCertificateSpec {
  private final Path file;
  private final String password;

  /**
   * @param file PEM, a PKCS #8 key and the chain of its certificate; or a PKCS12 store
   * @param password of the PKCS12 store, or null
   */
  public ClientCertificateSpec(Path file, String password) {
    this.file = Objects.requireNonNull(file, "file");
    this.password = password;
  }

  public Path file() {
    return file;
  }

  /** The password the user gave, a new array each time. */
  Optional<char[]> password() {
    return password == null ? Optional.empty() : Optional.of(password.toCharArray());
  }
}
