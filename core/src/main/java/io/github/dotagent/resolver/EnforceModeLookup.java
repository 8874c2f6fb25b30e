package io.github.dotagent.resolver;

import java.net.InetAddress;

/** Looks names up as {@code mode=enforce} would. Safe for use by any number of threads. */
public interface EnforceModeLookup {
  /**
   * Waits for servers, as long as a lookup may.
   *
   * @param host as a program spelled it
   * @param seen the system resolver's answer for it; null: none. It is not asked again for the host
   *     as it is
   */
  EnforceModeAnswer of(String host, AddressFamilyPolicy order, InetAddress[] seen);

  /**
   * The name by which the system resolver knows a host that it has found: of the search list, or
   * the host itself. In lower case, without the dot at its end. May ask the system resolver.
   */
  String systemsName(String host, AddressFamilyPolicy order);

  /**
   * The longest entry of {@code zones} that the name is in; null: none.
   *
   * @param name in lower case, without the dot at its end
   */
  String zoneOf(String name);
}
