package io.github.dotagent.tls;

import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** How a server proves its identity: the user's {@code auth}, {@code pins} and trust store. */
public final class TlsPolicy {
  /** The proof that a server must give (RFC 8310 §6). */
  public enum Authentication {
    /** PKIX chain and name; and a pin as well if pins are set (RFC 8310 §6.4). */
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
  private final Map<String, Set<SpkiPin>> pinsByName;
  private final Map<String, ClientCertificateSpec> clientCertificates;

  /** The same for servers without their own identity. */
  public TlsPolicy(
      Authentication authentication,
      Set<SpkiPin> pins,
      PinMode pinMode,
      TrustStoreSpec trustStore) {
    this(
        authentication,
        pins,
        pinMode,
        trustStore,
        Collections.<String, Set<SpkiPin>>emptyMap(),
        Collections.<String, ClientCertificateSpec>emptyMap());
  }

  /**
   * @param pins may be empty with {@link Authentication#NAME}
   * @param trustStore null: the running JDK's own {@code cacerts}
   * @param pinsByName the pins for the servers of one authentication name, or address, in place of
   *     {@code pins}
   * @param clientCertificates the certificate for the servers of one authentication name, or
   *     address
   */
  public TlsPolicy(
      Authentication authentication,
      Set<SpkiPin> pins,
      PinMode pinMode,
      TrustStoreSpec trustStore,
      Map<String, Set<SpkiPin>> pinsByName,
      Map<String, ClientCertificateSpec> clientCertificates) {
    this.authentication = Objects.requireNonNull(authentication, "authentication");
    this.pins = Collections.unmodifiableSet(new LinkedHashSet<>(pins));
    this.pinMode = Objects.requireNonNull(pinMode, "pinMode");
    this.trustStore = trustStore;
    this.pinsByName = Collections.unmodifiableMap(new LinkedHashMap<>(pinsByName));
    this.clientCertificates = Collections.unmodifiableMap(new LinkedHashMap<>(clientCertificates));
  }

  /** The same for a user who gave no pins; not with {@link Authentication#PINS}. */
  public TlsPolicy withoutPins() {
    return new TlsPolicy(
        authentication,
        Collections.<SpkiPin>emptySet(),
        pinMode,
        trustStore,
        Collections.<String, Set<SpkiPin>>emptyMap(),
        clientCertificates);
  }

  public Authentication authentication() {
    return authentication;
  }

  /** The pins that are bound to no name, in the order the user gave them. */
  public Set<SpkiPin> pins() {
    return pins;
  }

  /**
   * The pins for a server: only those bound to its name, if there are any.
   *
   * @param peer its authentication name, or its address where it has none
   */
  public Set<SpkiPin> pinsOf(String peer) {
    Set<SpkiPin> own = pinsByName.get(peer);
    return own == null ? pins : own;
  }

  /**
   * Whether one of these certificates has a pin of this server; always true if no pins are set for
   * it, or a mismatch is only reported.
   *
   * @param peer its authentication name, or its address where it has none
   */
  boolean takes(String peer, List<X509Certificate> path) {
    Set<SpkiPin> wanted = pinsOf(peer);
    if (pinMode == PinMode.REPORT || wanted.isEmpty()) {
      return true;
    }
    for (X509Certificate certificate : path) {
      if (wanted.contains(SpkiPin.of(certificate))) {
        return true;
      }
    }
    return false;
  }

  /** The pins that are bound to a name or an address, by that name or address. */
  public Map<String, Set<SpkiPin>> pinsByName() {
    return pinsByName;
  }

  /** How many pins there are, of every kind. */
  public int pinCount() {
    int count = pins.size();
    for (Set<SpkiPin> own : pinsByName.values()) {
      count += own.size();
    }
    return count;
  }

  /** The client certificates by the name or address of the servers that they are shown to. */
  public Map<String, ClientCertificateSpec> clientCertificates() {
    return clientCertificates;
  }

  public PinMode pinMode() {
    return pinMode;
  }

  /** The user's trust store; empty: the running JDK's own {@code cacerts}. */
  public Optional<TrustStoreSpec> trustStore() {
    return Optional.ofNullable(trustStore);
  }
}
