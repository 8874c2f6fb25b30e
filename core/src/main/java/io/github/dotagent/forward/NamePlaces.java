package io.github.dotagent.forward;

/** Where a name may be asked for. Safe for use by any number of threads. */
public interface NamePlaces {
  /**
   * Whether it belongs to the machine, its network or its cluster. Then the server that the library
   * chose answers, as the system resolver does for a lookup.
   *
   * @param name lower case, without the dot at its end
   */
  boolean isSystems(String name);

  /** Whether it is {@code localhost} or below it: its addresses are known (RFC 6761 §6.3). */
  boolean isLoopback(String name);

  /** Whether no server may be asked for it, such as {@code onion}. */
  boolean isNoServers(String name);

  /** Whether the name may leave in the clear at the moment: {@code profile=opportunistic}. */
  boolean mayLeaveInClear(String name);

  /** Whether a query that cannot go over TLS is refused: {@code bypass=block}. */
  boolean refusesCleartext();
}
