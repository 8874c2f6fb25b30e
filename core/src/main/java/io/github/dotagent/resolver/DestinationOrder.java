package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts addresses as {@code getaddrinfo} does (RFC 6724 §6), for a program that asks for the
 * system's order with {@code java.net.preferIPv6Addresses=system}. It applies the rules that a JVM
 * can follow: 1 (there is a route to it), 2 (scope), 5 (label), 6 (precedence) and 8 (smaller
 * scope); 10 leaves the rest as it was.
 */
final class DestinationOrder {
  /** Finds the address of this machine that would be used to reach another one. */
  interface SourceAddresses {
    /** Null: there is no route to that address. Sends nothing. */
    InetAddress sourceFor(InetAddress destination);
  }

  private final SourceAddresses sources;

  DestinationOrder(SourceAddresses sources) {
    this.sources = sources;
  }

  /**
   * @param addresses 4 or 16 octets each
   */
  List<byte[]> sorted(List<byte[]> addresses) throws UnknownHostException {
    List<Destination> destinations = new ArrayList<>(addresses.size());
    for (byte[] octets : addresses) {
      InetAddress address = InetAddress.getByAddress(octets);
      destinations.add(new Destination(octets, address, sources.sourceFor(address)));
    }
    Collections.sort(destinations, RULES); // a stable sort: rule 10
    List<byte[]> sorted = new ArrayList<>(destinations.size());
    for (Destination destination : destinations) {
      sorted.add(destination.octets);
    }
    return sorted;
  }

  private static final class Destination {
    final byte[] octets;
    final boolean reachable;
    final boolean scopesMatch;
    final boolean labelsMatch;
    final int precedence;
    final int scope;

    Destination(byte[] octets, InetAddress address, InetAddress source) {
      this.octets = octets;
      this.reachable = source != null;
      this.scope = AddressScope.of(address);
      this.scopesMatch = reachable && AddressScope.of(source) == scope;
      AddressPrefix prefix = AddressPrefix.of(address);
      this.labelsMatch = reachable && AddressPrefix.of(source).label() == prefix.label();
      this.precedence = prefix.precedence();
    }
  }

  private static final Comparator<Destination> RULES =
      new Comparator<Destination>() {
        @Override
        public int compare(Destination one, Destination other) {
          if (one.reachable != other.reachable) {
            return one.reachable ? -1 : 1;
          }
          if (one.scopesMatch != other.scopesMatch) {
            return one.scopesMatch ? -1 : 1;
          }
          if (one.labelsMatch != other.labelsMatch) {
            return one.labelsMatch ? -1 : 1;
          }
          return one.precedence != other.precedence
              ? Integer.compare(other.precedence, one.precedence)
              : Integer.compare(one.scope, other.scope);
        }
      };
}
