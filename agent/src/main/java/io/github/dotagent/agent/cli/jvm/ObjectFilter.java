package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.net.JavaRelease;

/**
 * The objects that another JVM may send to a command (JEP 290). Any process of this user may
 * answer. Its objects could look a name up, as a {@code java.net.URL} in a map does, or never end,
 * as a few dozen nested sets do.
 */
public final class ObjectFilter {
  /** Its name on Java 9 and newer, and on Java 8 from update 121 on. */
  private static final String[] TYPES = {"java.io.ObjectInputFilter", "sun.misc.ObjectInputFilter"};

  /**
   * Only the classes that the JDK's connector and the agent's MBeans send. The data of a thread has
   * some 30 references; the deepest object is an exception with its causes.
   */
  static final String PATTERN =
      "maxdepth=32;maxrefs=1000000;maxarray=100000;"
          // values, and collections of them
          + "java.lang.*;"
          + "java.util.ArrayList;java.util.HashSet;java.util.HashMap;java.util.LinkedHashMap;"
          + "java.util.TreeMap;java.util.Map$Entry;java.util.CollSer;"
          + "java.util.Collections$EmptyList;java.util.Collections$UnmodifiableCollection;"
          + "java.util.Collections$UnmodifiableList;"
          + "java.util.Collections$UnmodifiableRandomAccessList;"
          // JMX, and its exceptions
          + "javax.management.*;javax.management.openmbean.*;"
          + "javax.management.remote.JMXServerErrorException;"
          + "javax.management.remote.rmi.RMIServerImpl_Stub;"
          + "javax.management.remote.rmi.RMIConnectionImpl_Stub;"
          // RMI, and its exceptions
          + "!java.rmi.MarshalledObject;java.rmi.*;"
          + "java.rmi.dgc.Lease;java.rmi.dgc.VMID;"
          + "java.rmi.server.ObjID;java.rmi.server.UID;"
          + "java.rmi.server.RemoteObject;java.rmi.server.RemoteStub;"
          // the same stubs as Java 8 has them
          + "java.lang.reflect.Proxy;java.rmi.server.RemoteObjectInvocationHandler;"
          + "javax.management.remote.rmi.RMIServer;javax.management.remote.rmi.RMIConnection;"
          // exceptions
          + "!java.io.File;java.io.*;"
          + "!*";

  /** Null: it is in force. */
  private static String missing = "no filter was set"; // guarded by the class

  @SuppressWarnings("UnusedVariable") // a strong reference: otherwise the logger's level is lost
  private static Object hushed; // guarded by the class

  private ObjectFilter() {}

  /**
   * Call it before this JVM reads its first object. It uses the API, because the JDK reads {@code
   * jdk.serialFilter} before it loads any class of a program.
   */
  public static synchronized void set() {
    if (missing == null) {
      return;
    }
    for (String type : TYPES) {
      try {
        Class<?> filter = Class.forName(type, true, null);
        Class<?> config = Class.forName(type + "$Config", true, null);
        Object ours = config.getMethod("createFilter", String.class).invoke(null, PATTERN);
        config.getMethod("setSerialFilter", filter).invoke(null, ours);
        missing = null;
        hushed = hush();
        return;
      } catch (ClassNotFoundException otherJava) {
        missing = "Java 8 can from update 121 on";
      } catch (ReflectiveOperationException | RuntimeException another) {
        missing = "jdk.serialFilter is set; remove it for this command";
        return;
      }
    }
  }

  /** Java 8 writes refused objects to stderr; the command reports them in one line. */
  private static Object hush() {
    if (JavaRelease.current() != 8) {
      return null; // newer releases log it at a level that is not shown
    }
    try {
      Class<?> logger = Class.forName("sun.util.logging.PlatformLogger", true, null);
      Class<?> level = Class.forName("sun.util.logging.PlatformLogger$Level", true, null);
      Object log =
          logger.getMethod("getLogger", String.class).invoke(null, "java.io.serialization");
      logger.getMethod("setLevel", level).invoke(log, level.getField("OFF").get(null));
      return log;
    } catch (ReflectiveOperationException | RuntimeException anotherJdk) {
      return null;
    }
  }

  /**
   * @throws CommandFailure if the filter is not in force: then no object of another JVM may be read
   */
  static synchronized void require() throws CommandFailure {
    if (missing != null) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the Java that runs this command cannot filter the objects of another JVM: " + missing);
    }
  }
}
