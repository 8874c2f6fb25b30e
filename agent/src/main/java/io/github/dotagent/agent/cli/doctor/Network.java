package io.github.dotagent.agent.cli.doctor;

import java.net.InetAddress;
import java.util.List;

/** What the network of this machine is like for a program without the agent. */
interface Network {
  /** Whether there is a way to IPv4 addresses beyond this machine. */
  boolean leadsToIpv4();

  /** The IPv6 addresses that the system resolver knows of a name; empty when there is none. */
  List<InetAddress> ipv6Of(String name);
}
