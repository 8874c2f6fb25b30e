package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Makes use of what most programs never use: commands from stdin, a line for each. {@code lookup
 * NAME}; {@code beans}, once the agent has some; {@code udp NAME}, asked of a DNS server on
 * loopback; {@code throws CLASS NAME}, a lookup inside which the agent fails with that Error.
 */
public final class RareParts {
  private static final int DNS = 53;
  private static final int ANSWER_MILLIS = 15_000;
  private static final byte[] SERVER = {127, 0, 0, 99};
  private static final String ANY_BEAN = "io.github.dotagent:*";

  private RareParts() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String said;
      try {
        said = perform(line.split(" "));
      } catch (Throwable failed) {
        said = failed + ", cause " + failed.getCause();
      }
      System.out.println(said);
      System.out.flush();
    }
  }

  private static String perform(String[] words) throws Exception {
    switch (words[0]) {
      case "lookup":
        return InetAddress.getByName(words[1]).toString();
      case "beans":
        return beans();
      case "udp":
        return udp(words[1]);
      case "throws":
        breakWith(Class.forName(words[1]).asSubclass(Error.class).getConstructor().newInstance());
        return InetAddress.getByName(words[2]).toString();
      default:
        throw new IllegalArgumentException(words[0]);
    }
  }

  /** The agent looks for JMX every two seconds; the harness has the bound. */
  private static String beans() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName ours = new ObjectName(ANY_BEAN);
    while (server.queryNames(ours, null).size() < 2) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return server.queryNames(ours, null).size() + " beans";
  }

  private static String udp(String name) throws Exception {
    byte[] query = DnsOctets.query(name, DnsOctets.TYPE_A, DnsOctets.RECURSION_DESIRED);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(ANSWER_MILLIS);
      InetAddress server = InetAddress.getByAddress(SERVER);
      socket.send(new DatagramPacket(query, query.length, server, DNS));
      DatagramPacket response = new DatagramPacket(new byte[512], 512);
      socket.receive(response);
      byte[] octets = new byte[response.getLength()];
      System.arraycopy(response.getData(), 0, octets, 0, octets.length);
      return DnsOctets.answer(octets, response.getSocketAddress());
    }
  }

  /** Puts a resolver in the agent's place, right behind the hook; java.net must be open. */
  private static void breakWith(final Error error) throws Exception {
    Object hook;
    try {
      hook = valueOf(InetAddress.class, null, "resolver");
    } catch (NoSuchFieldException before18) {
      hook = valueOf(Class.forName("java.net.DotAgentBridge", true, null), null, "lookups");
    }
    ClassLoader agents = hook.getClass().getClassLoader();
    Object failing =
        Proxy.newProxyInstance(
            agents,
            new Class<?>[] {
              Class.forName("io.github.dotagent.resolver.HostResolver", true, agents)
            },
            new InvocationHandler() {
              @Override
              public Object invoke(Object proxy, Method method, Object[] arguments) {
                throw error;
              }
            });
    Field resolver = hook.getClass().getDeclaredField("resolver");
    resolver.setAccessible(true);
    resolver.set(hook, failing);
  }

  private static Object valueOf(Class<?> owner, Object object, String field) throws Exception {
    Field found = owner.getDeclaredField(field);
    found.setAccessible(true);
    return found.get(object);
  }
}
