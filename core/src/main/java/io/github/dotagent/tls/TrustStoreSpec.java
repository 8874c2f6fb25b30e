package io.github.dotagent.tls;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The user's file with the authorities to trust: a JKS or PKCS12 store, or a PEM bundle. */
public final class TrustStoreSpec {
  private final Path file;
  private final String type;
  private final String password;
  private final boolean added;

  /** One that replaces the JDK's own. */
  public TrustStoreSpec(Path file, String type, String password) {
    this(file, type, password, false);
  }

  /**
   * @param file the store
   * @param type {@code JKS}, {@code PKCS12} or {@code PEM}; null: found out from the content
   * @param password the store's password, or null
   * @param added whether the JDK's own authorities are trusted as well
   */
  public TrustStoreSpec(Path file, String type, String password, boolean added) {
    this.file = Objects.requireNonNull(file, "file");
    this.type = type;
    this.password = password;
    this.added = added;
  }

  /** Whether the JDK's own authorities are trusted as well: the {@code +} before the path. */
  public boolean isAdded() {
    return added;
  }

  public Path file() {
    return file;
  }

  /** The type the user named; empty if the content decides. */
  public Optional<String> type() {
    return Optional.ofNullable(type);
  }

  /** The password the user gave, a new array each time. */
  public Optional<char[]> password() {
    return password == null ? Optional.empty() : Optional.of(password.toCharArray());
  }
}
