package io.github.dotagent.agent.command.jvm;

import io.github.dotagent.agent.command.CommandFailure;
import io.github.dotagent.agent.command.ExitCode;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;

/**
 * {@code com.sun.tools.attach.VirtualMachine}, which is in the module jdk.attach and on Java 8 in a
 * jar of the JDK's that is on no class path. By reflection, for not every Java has it.
 */
final class AttachApi {
  private static final String TYPE = "com.sun.tools.attach.VirtualMachine";

  /** Where Java 8 has its tools: beside {@code jre}, which is its home, or in it. */
  private static final String[] TOOLS = {"../lib/tools.jar", "lib/tools.jar"};

  private final Class<?> type;

  private AttachApi(Class<?> type) {
    this.type = type;
  }

  /**
   * Of the Java that runs this command.
   *
   * @throws CommandFailure when that has none
   */
  static AttachApi ofThisJava() throws CommandFailure {
    String home = System.getProperty("java.home");
    try {
      // the loader of jdk.attach is the system's, not the platform's
      return new AttachApi(Class.forName(TYPE, false, toolsOf(new File(home))));
    } catch (ClassNotFoundException | LinkageError runtimeOnly) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the Java that runs this command cannot attach to others: "
              + home
              + " has no module jdk.attach, or on Java 8 no tools.jar; run it with the java of a"
              + " JDK");
    }
  }

  private static ClassLoader toolsOf(File home) {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    for (String path : TOOLS) {
      File jar = new File(home, path);
      if (jar.isFile()) {
        try {
          return new URLClassLoader(new URL[] {jar.toURI().toURL()}, system);
        } catch (MalformedURLException impossible) {
          throw new AssertionError(impossible);
        }
      }
    }
    return system;
  }

  /** Attaches; what is returned is for {@link #call}. */
  Object attach(long pid) throws Exception {
    return invoke(type.getMethod("attach", String.class), null, Long.toString(pid));
  }

  /** Calls a public method without arguments or with strings. */
  Object call(Object jvm, String method, String... arguments) throws Exception {
    Class<?>[] types = new Class<?>[arguments.length];
    Arrays.fill(types, String.class);
    return invoke(type.getMethod(method, types), jvm, (Object[]) arguments);
  }

  /**
   * Runs a command of {@code jcmd}'s: on Java 8, whose class for it is public. Newer ones keep it
   * to themselves, and have methods that do the same.
   */
  void command(Object jvm, String command) throws Exception {
    invoke(jvm.getClass().getMethod("executeJCmd", String.class), jvm, command);
  }

  private static Object invoke(Method method, Object jvm, Object... arguments) throws Exception {
    try {
      return method.invoke(jvm, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Error) {
        throw (Error) thrown.getCause();
      }
      throw (Exception) thrown.getCause();
    }
  }
}
