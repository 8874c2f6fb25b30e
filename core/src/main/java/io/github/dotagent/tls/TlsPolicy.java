package io.github.dotagent.tls;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** How a server proves who it is: the user's {@code auth}, {@code pins} and trust store. */
public final class TlsPolicy {
  /** The proof that a server must give (RFC 8310 §6). */
  public enum Authentication {
    /** PKIX chain and name; and a pin as well where pins are given (RFC 8310 §6.4). */
    NAME,
    /** A pin alone, no PKIX: the out-of-band key-pinned profile of RFC 7858 §4.2. */
    PINS
  }

  /** The effect of a pin mismatch. */
  public enum PinMode {
    /** The connection is refused. */
    ENFORCE,
    /** It is logged, and the connection is used. */
    REPORT
  }

  private final Authentication authentication;
  private final Set<SpkiPin> pins;
  private final PinMode pinMode;
  private final TrustStoreSpec trustStore;

  /**
   * @param pins may be empty with {@link Authentication#NAME}
   * @param trustStore null: the running JDK's own {@code cacerts}
   */
  public TlsPolicy(
      Authentication authentication,
      Set<SpkiPin> pins,
      PinMode pinMode,
      TrustStoreSpec trustStore) {
    this.authentication = Objects.requireNonNull(authentication, "authentication");
    this.pins = Collections.unmodifiableSet(new LinkedHashSet<>(pins));
    this.pinMode = Objects.requireNonNull(pinMode, "pinMode");
    this.trustStore = trustStore;
  }

  /** The same for a user who gave no pins; not with {@link Authentication#PINS}. */
  public TlsPolicy withoutPins() {
    return new TlsPolicy(authentication, Collections.<SpkiPin>emptySet(), pinMode, trustStore);
  }

  public Authentication authentication() {
    return authentication;
  }

  /** The pins in the order the user gave them. */
  public Set<SpkiPin> pins() {
    return pins;
  }

  public PinMode pinMode() {
    return pinMode;
  }

  /** The user's trust store; empty: the running JDK's own {@code cacerts}. */
  public Optional<TrustStoreSpec> trustStore() {
    return Optional.ofNullable(trustStore);
  }
}
