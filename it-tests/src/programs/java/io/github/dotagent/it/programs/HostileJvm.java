package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.DynamicMBean;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Harms the commands that ask it about its agent, and has none. Reads from stdin what to do next,
 * and prints {@code ready}: {@code address KIND} names an address for its MBeans that is none,
 * {@code beans KIND} registers others under the agent's names.
 */
public final class HostileJvm {
  /** Each set has two of the next depth, so that their hash takes two to the power of it. */
  private static final int DEPTH = 60;

  /** More than a command takes. */
  private static final int LONG_TEXT = 33 << 20;

  private HostileJvm() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("address")) {
        agentProperties()
            .setProperty(
                "com.sun.management.jmxremote.localConnectorAddress",
                "service:jmx:rmi://127.0.0.1/stub/" + serialised(harmful(words[1])));
      } else {
        register(AgentMBean.RESOLVER, words[1]);
        register("io.github.dotagent:type=Upstream,address=\"192.0.2.53\"", words[1]);
      }
      System.out.println("ready");
    }
  }

  /** Those that the JVM keeps for processes that attach to it. */
  private static Properties agentProperties() throws Exception {
    Class<?> support;
    try {
      support = Class.forName("jdk.internal.vm.VMSupport");
    } catch (ClassNotFoundException java8) {
      support = Class.forName("sun.misc.VMSupport");
    }
    Method properties = support.getMethod("getAgentProperties");
    return (Properties) properties.invoke(null);
  }

  private static void register(String name, String kind) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName bean = new ObjectName(name);
    if (server.isRegistered(bean)) {
      server.unregisterMBean(bean);
    }
    server.registerMBean(new Bean(kind), bean);
  }

  private static String serialised(Object object) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(octets)) {
      out.writeObject(object);
    }
    return Base64.getEncoder().encodeToString(octets.toByteArray());
  }

  private static Object harmful(String kind) throws IOException {
    if (kind.equals("endless")) {
      return deep();
    }
    if (kind.equals("url")) {
      Map<Object, Object> names = new HashMap<Object, Object>();
      // an address here, so that this program looks nothing up; the reader's hash asks for a name
      names.put(URI.create("http://127.0.0.1/").toURL(), "");
      return names;
    }
    if (kind.equals("own")) {
      return new OfTheProgram();
    }
    char[] text = new char[LONG_TEXT];
    Arrays.fill(text, 'x');
    return new String(text);
  }

  /** Joshua Bloch, Effective Java, item 85. */
  private static Set<Object> deep() {
    Set<Object> root = new HashSet<Object>();
    Set<Object> one = root;
    Set<Object> other = new HashSet<Object>();
    for (int i = 0; i < DEPTH; i++) {
      Set<Object> nextOne = new HashSet<Object>();
      Set<Object> nextOther = new HashSet<Object>();
      nextOne.add("makes it differ");
      one.add(nextOne);
      one.add(nextOther);
      other.add(nextOne);
      other.add(nextOther);
      one = nextOne;
      other = nextOther;
    }
    return root;
  }

  /** No command has this class. */
  static final class OfTheProgram implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Its figures are false or too large, or never arrive. */
  static final class Bean implements DynamicMBean {
    private static final String TERMINAL = "\u001b[2J\r\n\u009b1m\u202eliar\u2028\udb40\udc41";

    private final String kind;
    private int next;

    Bean(String kind) {
      this.kind = kind;
    }

    @Override
    public Object getAttribute(String name) {
      return null;
    }

    @Override
    public AttributeList getAttributes(String[] names) {
      AttributeList all = new AttributeList();
      for (String name : names) {
        all.add(new Attribute(name, value(name)));
      }
      return all;
    }

    private Object value(String name) {
      if (kind.equals("hangs")) {
        hang();
      }
      if (!kind.equals("odd")) {
        try {
          return harmful(kind);
        } catch (IOException impossible) {
          throw new IllegalStateException(impossible);
        }
      }
      if (name.endsWith("s") && !name.equals("Queries")) { // the lists, and most counts
        return next++ % 2 == 0 ? new String[] {null, TERMINAL, ": no answer over TLS: "} : TERMINAL;
      }
      if (name.equals("LastError")) {
        return "+999999999-12-31T23:59:59Z x (9 times since -999999999-01-01T00:00:00Z)";
      }
      return name.equals("RoundTripMillis") ? (Object) Double.POSITIVE_INFINITY : TERMINAL;
    }

    private static void hang() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Object invoke(String operation, Object[] arguments, String[] types) {
      if (operation.equals("explain")) {
        return new String[] {null, TERMINAL};
      }
      IllegalStateException one = new IllegalStateException(TERMINAL);
      one.initCause(new IllegalStateException("and on", new Error(TERMINAL)));
      throw one;
    }

    @Override
    public void setAttribute(Attribute attribute) {}

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
      return new AttributeList();
    }

    @Override
    public MBeanInfo getMBeanInfo() {
      return new MBeanInfo(getClass().getName(), "", null, null, null, null);
    }
  }
}
