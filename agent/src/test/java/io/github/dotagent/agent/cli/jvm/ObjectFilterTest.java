package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.rmi.MarshalledObject;
import java.rmi.RemoteException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;

class ObjectFilterTest {
  private static final ObjectInputFilter FILTER =
      ObjectInputFilter.Config.createFilter(ObjectFilter.PATTERN);

  /** All that a command asks the JDK's beans for, and what the agent's have. */
  @Test
  void valuesThatACommandAsksForAreRead() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName threads = new ObjectName("java.lang:type=Threading");
    Object ids = server.getAttribute(threads, "AllThreadIds");
    Object infos = server.invoke(threads, "getThreadInfo", new Object[] {ids}, new String[] {"[J"});
    assertEquals(((Object[]) infos).length, ((Object[]) read(infos)).length);
    AttributeList list = new AttributeList();
    list.add(new Attribute("Settings", new String[] {"a", "b"}));
    list.add(new Attribute("Hits", 5L));
    list.add(new Attribute("Connections", 5));
    list.add(new Attribute("RoundTripMillis", 0.5));
    list.add(new Attribute("ReadOnly", true));
    assertEquals(5, ((AttributeList) read(list)).size());
    Set<ObjectName> names = new HashSet<>(server.queryNames(null, null));
    assertEquals(names, read(names));
    for (Object value : Arrays.asList(true, "text", 5L, null)) {
      assertEquals(value, read(value));
    }
  }

  @Test
  void exceptionsOfTheJvmAreRead() throws Exception {
    RuntimeMBeanException thrown =
        new RuntimeMBeanException(new IllegalArgumentException("no name", new IOException("x")));
    thrown.addSuppressed(new RemoteException("y", new InstanceNotFoundException("z")));
    RuntimeMBeanException read = (RuntimeMBeanException) read(thrown);
    assertEquals("no name", read.getTargetException().getMessage());
    assertEquals(1, read.getSuppressed().length);
  }

  @Test
  void objectsThatLookANameUpAreRefused() throws Exception {
    Map<Object, Object> names = new HashMap<>();
    names.put(new URL("http", "127.0.0.1", "/"), "");
    assertRefused(names);
    assertRefused(new Attribute("Version", new URL("http", "127.0.0.1", "/")));
  }

  /** Sixty sets, each in two: to hash them takes longer than the universe has. */
  @Test
  void anObjectWithAnEndlessHashIsRefused() throws Exception {
    Set<Object> root = new HashSet<>();
    Set<Object> one = root;
    Set<Object> other = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      Set<Object> nextOne = new HashSet<>(Set.of("makes it differ"));
      Set<Object> nextOther = new HashSet<>();
      Collections.addAll(one, nextOne, nextOther);
      Collections.addAll(other, nextOne, nextOther);
      one = nextOne;
      other = nextOther;
    }
    assertRefused(root);
  }

  @Test
  void arraysBeyondTheLimitAreRefused() throws Exception {
    assertRefused(new String[100_001]);
    assertRefused(new byte[100_001]);
  }

  /** With these known chains of calls begin that end in code of another's choice. */
  @Test
  void objectsThatRunCodeAreRefused() throws Exception {
    assertRefused(new PriorityQueue<>(List.of("a", "b")));
    assertRefused(new MarshalledObject<>("x"));
    assertRefused(new File("/tmp/x"));
    assertRefused(Collections.checkedList(Arrays.asList("x"), String.class));
    InvocationHandler handler = (InvocationHandler & java.io.Serializable) (p, m, a) -> null;
    ClassLoader loader = ObjectFilterTest.class.getClassLoader();
    assertRefused(Proxy.newProxyInstance(loader, new Class<?>[] {Comparable.class}, handler));
  }

  private static void assertRefused(Object object) throws Exception {
    InvalidClassException refused =
        assertThrows(InvalidClassException.class, () -> read(object), object.getClass().toString());
    assertTrue(refused.getMessage().contains("REJECTED"), refused.getMessage());
  }

  private static Object read(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(octets)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(octets.toByteArray()))) {
      in.setObjectInputFilter(FILTER);
      return in.readObject();
    }
  }
}
