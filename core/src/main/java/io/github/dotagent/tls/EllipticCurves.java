package io.github.dotagent.tls;

import io.github.dotagent.net.JavaRelease;
import java.security.Security;
import java.util.Optional;

/**
 * Whether this JVM has elliptic curves: without them there is no key exchange and no signature in
 * common with servers of DNS over TLS. On Java 9 to 21 they are a module of their own, which {@code
 * jlink} leaves out unless it is named; on 22 and newer java.base has them.
 */
public final class EllipticCurves {
  private static final String MODULE = "jdk.crypto.ec";

  private static final int FIRST_WITH_MODULES = 9; // JEP 200

  /** The first Java whose java.base has them (JDK-8308398). */
  private static final int IN_BASE = 22;

  private EllipticCurves() {}

  /**
   * The missing part and its remedy; empty if nothing is missing. Costs almost nothing if the
   * module is there.
   */
  public static Optional<String> missing() {
    return hasModule() || hasOtherProvider()
        ? Optional.<String>empty()
        : Optional.of(
            "this Java image lacks the module "
                + MODULE
                + ", without which its TLS reaches no server; build the image with jlink"
                + " --add-modules java.instrument,"
                + MODULE);
  }

  /** By reflection: the classes are younger than Java 8. */
  private static boolean hasModule() {
    if (JavaRelease.current() < FIRST_WITH_MODULES || JavaRelease.current() >= IN_BASE) {
      return true;
    }
    try {
      Class<?> layer = Class.forName("java.lang.ModuleLayer", false, null);
      Object boot = layer.getMethod("boot").invoke(null);
      Object found = layer.getMethod("findModule", String.class).invoke(boot, MODULE);
      return ((Optional<?>) found).isPresent();
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      return true; // the handshake will tell
    }
  }

  /** An image may have another provider in its java.security. */
  private static boolean hasOtherProvider() {
    return Security.getProviders("KeyAgreement.ECDH") != null;
  }
}
