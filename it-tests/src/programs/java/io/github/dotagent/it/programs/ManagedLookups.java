package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/**
 * Looks names up and reads MBeans, as it is told through stdin, a line at a time; prints one line
 * for each. Beside the commands of {@link ProgramCommand}, where NAME is an object name:
 *
 * <ul>
 *   <li>{@code servers}: how many MBean servers there are;
 *   <li>{@code await NAME}: makes the JVM's own and waits until it has that MBean;
 *   <li>{@code names PATTERN}: all that it has;
 *   <li>{@code attributes NAME}: their names, those without a description with a mark of question;
 *   <li>{@code get NAME ATTRIBUTE};
 *   <li>{@code call NAME OPERATION [STRING]};
 *   <li>{@code idle MILLIS}: does nothing for so long;
 *   <li>{@code manage}: sets a SecurityManager ({@link OwnManager});
 *   <li>{@code factories}: sets factories for each kind of socket ({@link OwnFactories});
 *   <li>{@code made}: which threads have asked those for one;
 *   <li>{@code denials}: what that has denied;
 *   <li>{@code dns WAY ADDRESS NAME}: asks that server by itself, as {@link OwnDns} does.
 * </ul>
 */
public final class ManagedLookups {
  private static final int DNS = 53;

  private static final long LONGEST_MILLIS = 30000; // it takes two seconds
  private static final long BETWEEN_MILLIS = 50;

  private ManagedLookups() {}

  public static void main(String[] args) throws IOException {
    LastResort.arm();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String said;
      try {
        said = "ok " + perform(line.trim().split(" +"));
      } catch (Exception failure) {
        said = "failed " + Failures.oneLine(failure);
      }
      System.out.println(said);
    }
  }

  private static String perform(String[] step) throws Exception {
    ProgramCommand lookup = ProgramCommand.named(step[0]);
    if (lookup != null) {
      return lookup.perform(Arrays.copyOfRange(step, 1, step.length));
    }
    if (step[0].equals("idle")) {
      TimeUnit.MILLISECONDS.sleep(Long.parseLong(step[1]));
      return "rested";
    }
    switch (step[0]) {
      case "manage":
        return OwnManager.set();
      case "factories":
        return OwnFactories.set();
      case "made":
        return OwnFactories.asked();
      case "denials":
        return OwnManager.denials();
      case "dns":
        InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(step[2]), DNS);
        return OwnDns.ask(step[1], server, step[3]);
      default:
        return OwnBeans.perform(step);
    }
  }

  /** A class of its own: before the first command for it, nothing of JMX is loaded. */
  private static final class OwnBeans {
    static String perform(String[] step) throws Exception {
      if (step[0].equals("servers")) {
        return Integer.toString(MBeanServerFactory.findMBeanServer(null).size());
      }
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName name = new ObjectName(step[1]);
      if (step[0].equals("await")) {
        return await(server, name);
      }
      if (step[0].equals("names")) {
        Set<String> names = new TreeSet<String>();
        for (ObjectName found : server.queryNames(name, null)) {
          names.add(found.toString());
        }
        return names.toString();
      }
      if (step[0].equals("attributes")) {
        Set<String> names = new TreeSet<String>();
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
          names.add(attribute.getName() + (attribute.getDescription().isEmpty() ? "?" : ""));
        }
        return names.toString();
      }
      return step[0].equals("get")
          ? text(server.getAttribute(name, step[2]))
          : text(call(server, name, step));
    }

    private static Object call(MBeanServer server, ObjectName name, String[] step)
        throws Exception {
      return step.length == 3
          ? server.invoke(name, step[2], new Object[0], new String[0])
          : server.invoke(
              name, step[2], new Object[] {step[3]}, new String[] {String.class.getName()});
    }

    private static String await(MBeanServer server, ObjectName name) throws Exception {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
      while (!server.isRegistered(name)) {
        if (System.nanoTime() - end > 0) {
          return "never";
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
      }
      return "there";
    }

    private static String text(Object value) {
      if (value == null || !value.getClass().isArray()) {
        return String.valueOf(value);
      }
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < Array.getLength(value); i++) {
        all.append(i == 0 ? "" : " | ").append(Array.get(value, i));
      }
      return all.toString();
    }
  }
}
