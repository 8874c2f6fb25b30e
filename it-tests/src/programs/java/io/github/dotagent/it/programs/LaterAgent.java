package io.github.dotagent.it.programs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;

/**
 * An agent that loads after dot-agent and undoes its patches, and a program that looks names up
 * meanwhile. The first argument says how:
 *
 * <ul>
 *   <li>{@code class}: makes InetAddress and DatagramSocket anew from the JDK's own class files, as
 *       Byte Buddy's ClassReloadingStrategy does;
 *   <li>{@code field}: sets InetAddress's resolver back, on Java 18 and newer;
 *   <li>{@code classAgain}, {@code fieldAgain}: again and again, until lookups are refused; then
 *       the agent is removed by its own command.
 * </ul>
 *
 * The others are two names, of which the first is looked up before and the second afterwards, then
 * one of the hosts file; for the command a Java and the agent's jar.
 */
public final class LaterAgent {
  private static final long LONGEST_SECONDS = 60;
  private static final long BETWEEN_MILLIS = 5;

  private static Instrumentation instrumentation;

  private LaterAgent() {}

  public static void premain(String argument, Instrumentation ofTheJvm) {
    instrumentation = ofTheJvm;
  }

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    String how = args[0];
    new java.net.DatagramSocket().close(); // from now on it is patched
    System.out.println(UnusualCallers.found(args[1]));
    Object before = how.startsWith("field") ? resolver(null) : null;
    boolean again = how.endsWith("Again");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    do {
      if (how.startsWith("field")) {
        resolver(builtin());
      } else {
        undo(InetAddress.class);
        if (!again) {
          undo(java.net.DatagramSocket.class);
        }
      }
      if (again) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
      }
    } while (again && attribute("HookInPlace").equals(true) && System.nanoTime() - end < 0);
    if (!again) {
      await(before == null && hasSocketsOfItsOwn() ? 2 : 1, end);
      InetSocketAddress nobody = new InetSocketAddress("127.0.0.2", 53);
      System.out.println(OwnDns.ask("socket", nobody, "www.example.test"));
    }
    System.out.println(UnusualCallers.found(args[2]));
    System.out.println("in place " + attribute("HookInPlace"));
    if (again) {
      System.out.println(UnusualCallers.found(args[3]));
      detach(args[4], args[5]);
      System.out.println(UnusualCallers.found(args[3]));
    } else {
      System.out.println("remembered " + isRemembered("the hook was lost", end));
    }
  }

  /** The agent counts a loss, and then writes about it. */
  private static boolean isRemembered(String error, long end) throws Exception {
    while (System.nanoTime() - end < 0) {
      if (Arrays.toString((Object[]) attribute("LastErrors")).contains(error)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    }
    return false;
  }

  /** From Java 14 on a DatagramSocket asks an adaptor, which is patched as well (JEP 373). */
  private static boolean hasSocketsOfItsOwn() {
    String version = System.getProperty("java.specification.version");
    return version.startsWith("1.") || Integer.parseInt(version) < 14;
  }

  private static void await(long losses, long end) throws Exception {
    while (!(attribute("HookLosses") instanceof Long)
        || (Long) attribute("HookLosses") < losses
        || !attribute("HookInPlace").equals(true)) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("never put back");
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    }
  }

  /** Prints what the command says. */
  private static void detach(String java, String jar) throws IOException, InterruptedException {
    String pid = ManagementFactory.getRuntimeMXBean().getName().replaceFirst("@.*", "");
    Process command =
        new ProcessBuilder(java, "-jar", jar, "detach", "--force", pid)
            .redirectErrorStream(true)
            .start();
    try (Scanner said = new Scanner(command.getInputStream(), "UTF-8")) {
      while (said.hasNextLine()) {
        System.out.println(said.nextLine().replace(pid, "PID"));
      }
    }
    System.out.println("detach " + command.waitFor());
  }

  /** True until the agent has MBeans. */
  private static Object attribute(String name) throws Exception {
    Object value = AgentMBean.attribute(name);
    return value == null ? (Object) true : value;
  }

  private static Object builtin() throws ReflectiveOperationException {
    Field field = InetAddress.class.getDeclaredField("BUILTIN_RESOLVER");
    field.setAccessible(true);
    return field.get(null);
  }

  /** Returns the present one, and replaces it unless the other is null. */
  private static Object resolver(Object other) throws ReflectiveOperationException {
    Field field = InetAddress.class.getDeclaredField("resolver");
    field.setAccessible(true);
    Object before = field.get(null);
    if (other != null) {
      field.set(null, other);
    }
    return before;
  }

  private static void undo(Class<?> type) throws IOException, UnmodifiableClassException {
    final byte[] original = classFile(type);
    final String name = type.getName().replace('.', '/');
    ClassFileTransformer undoing =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String className,
              Class<?> redefined,
              ProtectionDomain domain,
              byte[] classFile) {
            return name.equals(className) ? original : null;
          }
        };
    instrumentation.addTransformer(undoing, true);
    instrumentation.retransformClasses(type);
    instrumentation.removeTransformer(undoing);
  }

  private static byte[] classFile(Class<?> type) throws IOException {
    String path = type.getName().replace('.', '/') + ".class";
    try (InputStream in = ClassLoader.getSystemResourceAsStream(path)) {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        octets.write(octet);
      }
      return octets.toByteArray();
    }
  }
}
