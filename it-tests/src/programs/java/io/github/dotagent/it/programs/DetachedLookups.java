package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;

/**
 * Lives through the coming and the going of an agent. Reads commands from stdin and prints a line
 * for each. Beside those of {@link ProgramCommand}:
 *
 * <ul>
 *   <li>{@code dns WAY NAME}: asks the server at 127.0.0.1 as {@link OwnDns} does;
 *   <li>{@code keep}: connects a socket of UDP and one of TCP to that server;
 *   <li>{@code kept NAME}: asks on these;
 *   <li>{@code load THREADS LOOKUPS}: so many threads look new names up until {@code stop}; returns
 *       when so many are over, as {@code more LOOKUPS} does;
 *   <li>{@code policy}: the times of the JVM's own cache;
 *   <li>{@code watched}: makes JMX and JFR, and waits until the agent is in both;
 *   <li>{@code left}: what of the agent's can be seen: threads, MBeans, events, and classes with
 *       living objects, for which it waits until there are none, but not for ever.
 * </ul>
 */
public final class DetachedLookups {
  /** The resolver and its one upstream. */
  private static final int BEANS = 2;

  /** Lookup, Connection, PinMismatch, Bypass. */
  private static final int EVENTS = 4;

  private static final byte[] SERVER = {127, 0, 0, 1};
  private static final int DNS = 53;
  private static final int ANSWER_MILLIS = 15_000;
  private static final int COLLECTIONS = 20; // one collection may leave garbage for the next

  /** The pause of one thread: it leaves the processor to the attaches and detaches. */
  private static final long BETWEEN_LOOKUPS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final String OURS = "io.github.dotagent.it.";

  private static final Map<String, AtomicInteger> OUTCOMES =
      new ConcurrentHashMap<String, AtomicInteger>();
  private static final AtomicInteger DONE = new AtomicInteger();
  private static final List<Thread> LOAD = new CopyOnWriteArrayList<Thread>();
  private static volatile boolean stopped;

  private static DatagramSocket keptUdp;
  private static Socket keptTcp;

  private DetachedLookups() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String said;
      try {
        said = "ok " + perform(line.split(" "));
      } catch (Exception failed) {
        said = "failed " + Failures.oneLine(failed);
      }
      System.out.println(said);
      System.out.flush();
    }
  }

  private static String perform(String[] words) throws Exception {
    ProgramCommand lookup = ProgramCommand.named(words[0]);
    if (lookup != null) {
      return lookup.perform(Arrays.copyOfRange(words, 1, words.length));
    }
    switch (words[0]) {
      case "dns":
        return OwnDns.ask(words[1], server(), words[2]);
      case "keep":
        keptUdp = new DatagramSocket();
        keptUdp.setSoTimeout(ANSWER_MILLIS);
        keptUdp.connect(server());
        keptTcp = new Socket();
        keptTcp.setSoTimeout(ANSWER_MILLIS);
        keptTcp.connect(server());
        return "kept";
      case "kept":
        return "udp " + udp(words[1]) + ", tcp " + tcp(words[1]);
      case "load":
        for (int i = 0; i < Integer.parseInt(words[1]); i++) {
          load(i);
        }
        return more(Integer.parseInt(words[2]));
      case "more":
        return more(Integer.parseInt(words[1]));
      case "stop":
        stopped = true;
        for (Thread thread : LOAD) {
          thread.join();
        }
        return new TreeMap<String, AtomicInteger>(OUTCOMES).keySet().toString();
      case "policy":
        Class<?> policy = Class.forName("sun.net.InetAddressCachePolicy");
        return policy.getMethod("get").invoke(null)
            + " "
            + policy.getMethod("getNegative").invoke(null);
      case "watched":
        while (beans().size() < BEANS || events().size() < EVENTS) {
          LockSupport.parkNanos(BETWEEN_NANOS);
        }
        return beans().size() + " beans, " + events();
      case "left":
        return left();
      default:
        throw new IllegalArgumentException(words[0]);
    }
  }

  private static InetSocketAddress server() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(SERVER), DNS);
  }

  private static String udp(String name) {
    try {
      byte[] query = DnsOctets.query(name, DnsOctets.TYPE_A, DnsOctets.RECURSION_DESIRED);
      keptUdp.send(new DatagramPacket(query, query.length));
      DatagramPacket response = new DatagramPacket(new byte[512], 512);
      keptUdp.receive(response);
      return DnsOctets.answer(response.getData(), response.getSocketAddress());
    } catch (Exception ended) {
      return ended.getClass().getName();
    }
  }

  private static String tcp(String name) {
    try {
      byte[] query = DnsOctets.query(name, DnsOctets.TYPE_A, DnsOctets.RECURSION_DESIRED);
      byte[] framed = new byte[query.length + 2];
      framed[1] = (byte) query.length;
      System.arraycopy(query, 0, framed, 2, query.length);
      keptTcp.getOutputStream().write(framed);
      int high = keptTcp.getInputStream().read();
      int low = keptTcp.getInputStream().read();
      if (high < 0 || low < 0) {
        return "closed";
      }
      byte[] response = new byte[high << 8 | low];
      new DataInputStream(keptTcp.getInputStream()).readFully(response);
      return DnsOctets.answer(response, keptTcp.getRemoteSocketAddress());
    } catch (Exception ended) {
      return ended.getClass().getName();
    }
  }

  private static void load(final int number) {
    Thread thread =
        new Thread(
            new Runnable() {
              @Override
              public void run() {
                for (int i = 0; !stopped; i++) {
                  count(outcome("load-" + number + "-" + i + ".many.example.test"));
                  LockSupport.parkNanos(BETWEEN_LOOKUPS_NANOS);
                }
              }
            });
    thread.setDaemon(true);
    LOAD.add(thread);
    thread.start();
  }

  private static String outcome(String name) {
    try {
      return InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException lost) {
      return Failures.withCauses(lost).replaceAll("load-\\d+-\\d+", "load");
    }
  }

  private static void count(String outcome) {
    AtomicInteger before = OUTCOMES.get(outcome);
    if (before == null) {
      OUTCOMES.put(outcome, new AtomicInteger());
    } else {
      before.incrementAndGet();
    }
    DONE.incrementAndGet();
  }

  private static String more(int lookups) {
    int until = DONE.get() + lookups;
    while (DONE.get() < until) {
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
    return "and more";
  }

  private static TreeSet<String> beans() throws Exception {
    TreeSet<String> names = new TreeSet<String>();
    for (ObjectName name :
        ManagementFactory.getPlatformMBeanServer()
            .queryNames(new ObjectName("io.github.dotagent:*"), null)) {
      names.add(name.toString());
    }
    return names;
  }

  /** By reflection: its package came to Java 8 with an update. */
  private static TreeSet<String> events() throws Exception {
    TreeSet<String> names = new TreeSet<String>();
    Class<?> type = Class.forName("jdk.jfr.FlightRecorder");
    Object recorder = type.getMethod("getFlightRecorder").invoke(null);
    for (Object event : (List<?>) type.getMethod("getEventTypes").invoke(recorder)) {
      String name = (String) event.getClass().getMethod("getName").invoke(event);
      if (name.startsWith("dotagent.")) {
        names.add(name);
      }
    }
    return names;
  }

  private static String left() throws Exception {
    List<String> classes = classes();
    for (int i = 0; i < COLLECTIONS && !classes.isEmpty(); i++) {
      LockSupport.parkNanos(BETWEEN_NANOS);
      classes = classes();
    }
    return "threads "
        + OwnJvm.threads("dot-agent-")
        + " beans "
        + beans()
        + " events "
        + events()
        + " classes "
        + classes;
  }

  private static List<String> classes() throws Exception {
    List<String> all = new ArrayList<String>(OwnJvm.classes("io.github.dotagent."));
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).startsWith(OURS)) {
        all.remove(i);
      }
    }
    all.addAll(OwnJvm.classes("java.net.DotAgent"));
    all.addAll(OwnJvm.classes("org.xbill."));
    all.addAll(OwnJvm.classes("com.github.benmanes."));
    return all;
  }
}
