package io.github.dotagent.resolver;

import io.github.dotagent.net.MappedAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Addresses as the JDK wants them: of the families asked for, in order, carrying the host name. */
final class AddressList {
  /** 127.0.0.1 (RFC 1122 §3.2.1.3) and ::1 (RFC 4291 §2.5.3). */
  static final List<byte[]> LOOPBACK =
      Collections.unmodifiableList(
          Arrays.asList(
              new byte[] {127, 0, 0, 1},
              new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));

  private static final int IPV4_OCTETS = 4; // RFC 791 §3.1
  private static final int NO_SCOPE = -1; // Inet6Address.getByAddress: below 0 it is not set

  /** Up to this many are compared with each other; more need a set, with a wrapper for each. */
  private static final int FEW = 16;

  private AddressList() {}

  /**
   * The addresses of the wanted families, grouped by family; within a family in the given order.
   * Each address appears once, as in the JDK's own resolver (Inet6AddressImpl.c, "skip
   * duplicates").
   */
  static List<byte[]> inOrder(List<byte[]> addresses, AddressFamilyPolicy order) {
    List<byte[]> ipv4 = new ArrayList<>();
    List<byte[]> ipv6 = new ArrayList<>();
    int count = addresses.size();
    Set<ByteBuffer> seen = count > FEW ? new HashSet<ByteBuffer>() : null;
    for (int i = 0; i < count; i++) {
      byte[] address = addresses.get(i);
      if (seen == null ? isBefore(i, addresses) : !seen.add(ByteBuffer.wrap(address))) {
        continue;
      }
      boolean isIpv4 = address.length == IPV4_OCTETS;
      if (isIpv4 && order.wantsIpv4()) {
        ipv4.add(address);
      } else if (!isIpv4 && order.wantsIpv6()) {
        ipv6.add(address);
      }
    }
    List<byte[]> first = order.ipv4ComesFirst() ? ipv4 : ipv6;
    first.addAll(order.ipv4ComesFirst() ? ipv6 : ipv4);
    return first;
  }

  /** Whether one before it is the same. */
  private static boolean isBefore(int index, List<byte[]> addresses) {
    byte[] address = addresses.get(index);
    for (int i = 0; i < index; i++) {
      if (Arrays.equals(addresses.get(i), address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same for addresses from the hosts file. If only IPv4 is wanted, glibc converts ::1 to
   * 127.0.0.1 and ::ffff:a.b.c.d to a.b.c.d (nss_files, files-hosts.c). So a program with {@code
   * java.net.preferIPv4Stack} finds a name that has only an IPv6 loopback address.
   */
  static List<byte[]> ofHosts(List<byte[]> addresses, AddressFamilyPolicy order) {
    if (order.wantsIpv6()) {
      return inOrder(addresses, order);
    }
    List<byte[]> ipv4 = new ArrayList<>(addresses.size());
    for (byte[] address : addresses) {
      boolean loopback = Arrays.equals(address, LOOPBACK.get(1));
      ipv4.add(loopback ? LOOPBACK.get(0) : MappedAddress.unmapped(address));
    }
    return inOrder(ipv4, order);
  }

  /**
   * As the JDK's own resolver makes them: with the host name, so that {@code getHostName} returns
   * the name of the lookup and looks nothing up.
   */
  static InetAddress[] named(String host, List<byte[]> addresses) throws UnknownHostException {
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host + ": no address of the family that is asked for");
    }
    InetAddress[] named = new InetAddress[addresses.size()];
    for (int i = 0; i < named.length; i++) {
      named[i] = named(host, addresses.get(i));
    }
    return named;
  }

  /**
   * {@code InetAddress.getByAddress} converts {@code ::ffff:a.b.c.d} to an IPv4 address. Then a
   * lookup for IPv6 alone would give IPv4, and a lookup for both would give the same address twice.
   * The JDK's own resolver leaves the address as in the AAAA record (Inet6AddressImpl.c).
   */
  private static InetAddress named(String host, byte[] octets) throws UnknownHostException {
    return octets.length == IPV4_OCTETS
        ? InetAddress.getByAddress(host, octets)
        : Inet6Address.getByAddress(host, octets, NO_SCOPE);
  }

  /** The same addresses under another name; a scope that one has stays. */
  static InetAddress[] renamed(String host, InetAddress[] addresses) throws UnknownHostException {
    InetAddress[] renamed = new InetAddress[addresses.length];
    for (int i = 0; i < renamed.length; i++) {
      byte[] octets = addresses[i].getAddress();
      int scope =
          addresses[i] instanceof Inet6Address ? ((Inet6Address) addresses[i]).getScopeId() : 0;
      renamed[i] =
          scope == 0 ? named(host, octets) : Inet6Address.getByAddress(host, octets, scope);
    }
    return renamed;
  }

  /** The address as text. */
  static String textOf(byte[] address) throws UnknownHostException {
    return InetAddress.getByAddress(address).getHostAddress();
  }
}
