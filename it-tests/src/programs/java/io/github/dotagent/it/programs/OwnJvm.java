package io.github.dotagent.it.programs;

import java.io.File;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/** Figures about the JVM that the program runs in. */
final class OwnJvm {
  private OwnJvm() {}

  /**
   * {@code instances CLASS}, {@code threads} (the agent's), {@code sockets}, {@code open FOLDER}
   * (files in it), {@code buffers} (outside the heap) or {@code octets}: what there is.
   */
  static String answer(String[] words) throws JMException {
    switch (words[0]) {
      case "instances":
        return Long.toString(instances(words[1]));
      case "threads":
        return threads("dot-agent").toString();
      case "sockets":
        return Integer.toString(descriptors("socket:"));
      case "open":
        return Integer.toString(descriptors(words[1]));
      case "buffers":
        return Long.toString(buffers());
      case "octets":
        return Long.toString(livingOctets());
      default:
        throw new IllegalArgumentException("unknown command: " + Arrays.toString(words));
    }
  }

  /** Processor time of the whole process so far. */
  static long cpuNanos() {
    try {
      ObjectName system = new ObjectName("java.lang:type=OperatingSystem");
      Object cpu =
          ManagementFactory.getPlatformMBeanServer().getAttribute(system, "ProcessCpuTime");
      return ((Number) cpu).longValue();
    } catch (JMException absent) {
      throw new IllegalStateException(absent);
    }
  }

  /** Live objects of exactly that class, in all class loaders; collects garbage first. */
  static long instances(String className) throws JMException {
    long instances = 0;
    for (String[] columns : histogram()) {
      if (columns[3].equals(className)) {
        instances += Long.parseLong(columns[1]);
      }
    }
    return instances;
  }

  /** The classes with this prefix that have live objects, sorted; collects garbage first. */
  static List<String> classes(String prefix) throws JMException {
    List<String> found = new ArrayList<String>();
    for (String[] columns : histogram()) {
      if (columns[3].startsWith(prefix)) {
        found.add(columns[3]);
      }
    }
    Collections.sort(found);
    return found;
  }

  /** Number, instances, bytes, class, module. */
  private static List<String[]> histogram() throws JMException {
    List<String[]> lines = new ArrayList<String[]>();
    for (String line : classHistogram()) {
      String[] columns = line.trim().split(" +");
      if (columns.length >= 4) {
        lines.add(columns);
      }
    }
    return lines;
  }

  private static String[] classHistogram() throws JMException {
    ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                commands,
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    return histogram.toString().split("\n");
  }

  /** The names of the threads with this prefix, sorted. */
  static List<String> threads(String prefix) {
    List<String> names = new ArrayList<String>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(prefix)) {
        names.add(thread.getName());
      }
    }
    Collections.sort(names);
    return names;
  }

  /** Octets of all live objects; the memory beans would also count dead ones. */
  static long livingOctets() throws JMException {
    for (String line : classHistogram()) {
      String[] columns = line.trim().split(" +");
      if (columns[0].equals("Total")) { // instances, bytes
        return Long.parseLong(columns[2]);
      }
    }
    throw new IllegalStateException("the histogram has no total");
  }

  /** Buffers outside the heap, without those that wait for garbage collection. */
  private static long buffers() throws JMException {
    classHistogram(); // collects
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      if (pool.getName().equals("direct")) {
        return pool.getCount();
      }
    }
    throw new IllegalStateException("no pool of direct buffers");
  }

  static int sockets() {
    return descriptors("socket:");
  }

  /** Those whose target has this prefix. On Linux; elsewhere there is nothing to count. */
  private static int descriptors(String beginning) {
    File[] descriptors = new File("/proc/self/fd").listFiles();
    int found = 0;
    for (File descriptor : descriptors == null ? new File[0] : descriptors) {
      try {
        String target = Files.readSymbolicLink(descriptor.toPath()).toString();
        found += target.startsWith(beginning) ? 1 : 0;
      } catch (IOException closedMeanwhile) {
        // or it was the one of the list itself
      }
    }
    return found;
  }
}
