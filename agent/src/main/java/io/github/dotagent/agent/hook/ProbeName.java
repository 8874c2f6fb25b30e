package io.github.dotagent.agent.hook;

import io.github.dotagent.net.SuppressForbidden;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A name that exists nowhere and that only the hook can answer, with an address that no server has.
 * It proves that lookups reach the agent.
 */
public final class ProbeName {
  /** The name that makes the JDK choose its resolver; reserved by RFC 6761 §6.4. */
  public static final String FIRST = "first.dot-agent-probe.invalid";

  /** The second name. It differs from the first, because the JDK has cached the first answer. */
  private static final String PROOF = "proof.dot-agent-probe.invalid";

  /** The suffix of both, and of the names of later proofs. */
  private static final String ZONE = ".dot-agent-probe.invalid";

  /** In 192.0.2.0/24, TEST-NET-1, which is routed nowhere (RFC 5737). */
  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 53};

  private static final int DNS = 53; // RFC 1035 §4.2

  private ProbeName() {}

  /** Whether the host is a probe name. */
  public static boolean is(String host) {
    return host != null && host.endsWith(ZONE);
  }

  /** The hook's answer. */
  public static InetAddress[] answer(String host) throws UnknownHostException {
    return new InetAddress[] {InetAddress.getByAddress(host, ADDRESS)};
  }

  /**
   * Looks a probe name up as any program would.
   *
   * @throws HookFailure when another resolver answered, or none
   */
  public static void prove() throws HookFailure {
    lookUp(PROOF);
  }

  /**
   * Looks another probe name up.
   *
   * @param label of a name that was not looked up before: the JDK has old answers in its cache
   * @throws HookFailure as {@link #prove()}
   */
  public static void prove(String label) throws HookFailure {
    lookUp(label + ZONE);
  }

  /**
   * The same at any later time: the JVM's cache must neither answer nor keep the answer. {@link
   * JdkInternals} must be open.
   *
   * @throws HookFailure when another answered, or none
   * @throws ReflectiveOperationException when this JDK keeps its names elsewhere
   */
  public static void proveAgain() throws HookFailure, ReflectiveOperationException {
    JvmNameCache.drop(PROOF);
    try {
      lookUp(PROOF);
    } finally {
      JvmNameCache.drop(PROOF);
    }
  }

  /** Whether it is the address that only the hook gives, and that no server has. */
  public static boolean isAddress(InetAddress address) {
    return address != null && Arrays.equals(address.getAddress(), ADDRESS);
  }

  /** The address of a DNS server that cannot exist. */
  public static InetSocketAddress server() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(ADDRESS), DNS);
  }

  @SuppressForbidden("this lookup is the proof that the hook holds")
  private static void lookUp(String name) throws HookFailure {
    InetAddress found;
    try {
      found = InetAddress.getByName(name);
    } catch (UnknownHostException notHooked) {
      throw new HookFailure("a probe lookup did not reach the agent: " + notHooked, notHooked);
    }
    if (!Arrays.equals(found.getAddress(), ADDRESS)) {
      throw new HookFailure("a probe lookup was answered by another resolver", null);
    }
  }
}
