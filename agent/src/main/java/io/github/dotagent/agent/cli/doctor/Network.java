package io.github.dotagent.agent.cli.doctor;

import java.net.InetAddress;
import java.util.List;

/** The network of this machine, as a program without the agent sees it. */
interface Network {
  /** Whether there is a route to IPv4 addresses beyond this machine. */
  boolean leadsToIpv4();

  /** The IPv6 addresses that the system resolver knows of a name; empty when there is none. */
  List<InetAddress> ipv6Of(String name);
}
