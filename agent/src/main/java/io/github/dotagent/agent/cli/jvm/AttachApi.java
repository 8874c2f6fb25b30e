package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Properties;

/**
 * {@code com.sun.tools.attach.VirtualMachine}. It is in the module jdk.attach; on Java 8 it is in a
 * jar of the JDK that is on no class path. It is called by reflection, because not every Java has
 * it.
 */
final class AttachApi {
  private static final String TYPE = "com.sun.tools.attach.VirtualMachine";

  /** Where Java 8 has its tools: beside {@code jre}, which is its home, or in it. */
  private static final String[] TOOLS = {"../lib/tools.jar", "lib/tools.jar"};

  private final Class<?> type; // null: a JRE of Java 8, which has only the native part

  private AttachApi(Class<?> type) {
    this.type = type;
  }

  /**
   * The Attach API of the Java that runs this command.
   *
   * @throws CommandFailure if that Java has none
   */
  static AttachApi ofThisJava() throws CommandFailure {
    String home = System.getProperty("java.home");
    try {
      // the loader of jdk.attach is the system's, not the platform's
      return new AttachApi(Class.forName(TYPE, false, toolsOf(new File(home))));
    } catch (ClassNotFoundException | LinkageError runtimeOnly) {
      if (JvmSocket.isPossible()) {
        return new AttachApi(null);
      }
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

  /** Attaches; may hang. */
  AttachChannel attach(TargetProcess process) throws Exception {
    if (type == null) {
      return JreChannel.to(process);
    }
    Method attach = type.getMethod("attach", String.class);
    return new ApiChannel(type, invoke(attach, null, Long.toString(process.pid())));
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

  /** The calls to an attached JVM. */
  private static final class ApiChannel implements AttachChannel {
    private final Class<?> type;
    private final Object jvm;

    ApiChannel(Class<?> type, Object jvm) {
      this.type = type;
      this.jvm = jvm;
    }

    private Object call(String method, String... arguments) throws Exception {
      Class<?>[] types = new Class<?>[arguments.length];
      Arrays.fill(types, String.class);
      return invoke(type.getMethod(method, types), jvm, (Object[]) arguments);
    }

    @Override
    public void loadAgent(String jar, String argument) throws Exception {
      call("loadAgent", jar, argument);
    }

    @Override
    public Properties systemProperties() throws Exception {
      return (Properties) call("getSystemProperties");
    }

    @Override
    public Properties agentProperties() throws Exception {
      return (Properties) call("getAgentProperties");
    }

    @Override
    public void startManagement() throws Exception {
      try {
        call("startLocalManagementAgent");
      } catch (Exception otherJava) {
        // Java 8's API looks for a file that newer Javas lack; this command needs no file
        try {
          Method command = jvm.getClass().getMethod("executeJCmd", String.class);
          invoke(command, jvm, "ManagementAgent.start_local");
        } catch (Exception alsoRefused) {
          otherJava.addSuppressed(alsoRefused);
          throw otherJava;
        }
      }
    }

    @Override
    public void detach() throws Exception {
      call("detach");
    }
  }
}
