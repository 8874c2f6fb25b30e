package io.github.dotagent.it.programs;

import java.net.URL;
import java.security.CodeSource;
import java.security.Permission;
import java.security.PermissionCollection;
import java.security.Permissions;
import java.security.Policy;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A SecurityManager that a program sets by itself, as application servers and search engines of
 * Java 8 to 17 did: the JDK and the program's own classes may do everything, whatever else is on
 * the class path nothing. Writes down each denial, and whom it met.
 */
final class OwnManager {
  private static final List<String> DENIALS = Collections.synchronizedList(new ArrayList<String>());

  private OwnManager() {}

  /** From now on it is in force. */
  static String set() {
    Policy.setPolicy(new KnownCodeAlone());
    System.setSecurityManager(new SecurityManager());
    return "managed";
  }

  /** Each that was denied anything, with what, and from where it was asked for. */
  static String denials() {
    synchronized (DENIALS) {
      return DENIALS.toString();
    }
  }

  private static final class KnownCodeAlone extends Policy {
    private final String own = locationOf(OwnManager.class.getProtectionDomain());
    private final String jdk = System.getProperty("java.home");

    @Override
    public PermissionCollection getPermissions(CodeSource source) {
      return new Permissions();
    }

    @Override
    public boolean implies(ProtectionDomain domain, Permission permission) {
      String location = locationOf(domain);
      boolean known =
          location.isEmpty()
              || location.equals(own)
              || location.startsWith("jrt:")
              || location.startsWith("file:" + jdk);
      if (!known) {
        StringBuilder denial = new StringBuilder(permission + " to " + location);
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
          denial.append(" < ").append(frame);
        }
        DENIALS.add(denial.toString());
      }
      return known;
    }

    private static String locationOf(ProtectionDomain domain) {
      CodeSource source = domain.getCodeSource();
      URL location = source == null ? null : source.getLocation();
      return location == null ? "" : location.toString();
    }
  }
}
