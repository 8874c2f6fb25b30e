package io.github.dotagent.agent.command.jvm;

import io.github.dotagent.agent.command.CommandFailure;
import io.github.dotagent.agent.command.ExitCode;
import java.io.Closeable;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JVM that is attached to. No call takes longer than its bound. For one thread. */
public final class AttachedJvm implements Closeable {
  /** The Attach API itself gives a JVM 10 s to wake its listener. */
  private static final long ATTACH_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** The longest is to install the agent, half a second on an idle machine. */
  private static final long CALL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final String ADDRESS = "com.sun.management.jmxremote.localConnectorAddress";

  private final AttachApi api;
  private final TargetProcess process;
  private final Object jvm;

  private AttachedJvm(AttachApi api, TargetProcess process, Object jvm) {
    this.api = api;
    this.process = process;
    this.jvm = jvm;
  }

  /**
   * Attaches.
   *
   * @throws CommandFailure when that is not possible; says why, and what to do
   */
  public static AttachedJvm of(TargetProcess process) throws CommandFailure {
    AttachApi api = AttachApi.ofThisJava();
    if (process.objection().isPresent()) {
      throw new CommandFailure(ExitCode.FAILED, process.objection().get());
    }
    try {
      Object jvm = BoundedCall.within(ATTACH_NANOS, () -> api.attach(process.pid()));
      return new AttachedJvm(api, process, jvm);
    } catch (Exception | LinkageError refused) {
      throw AttachFailure.of(process, refused);
    }
  }

  /**
   * Loads an agent, and returns when that is done.
   *
   * @return null, or what the Attach API says against it: a JVM that is much older or newer answers
   *     in a way which it does not understand, and the agent is there all the same
   * @throws CommandFailure when it does not answer at all
   */
  public Exception loadAgent(String jar, String argument) throws CommandFailure {
    try {
      within(() -> api.call(jvm, "loadAgent", jar, argument));
      return null;
    } catch (TimeoutException silent) {
      throw AttachFailure.of(process, silent);
    } catch (Exception refused) {
      return refused;
    }
  }

  /** Its system properties, as they are now. */
  public Properties systemProperties() throws CommandFailure {
    return properties("getSystemProperties");
  }

  private Properties properties(String method) throws CommandFailure {
    try {
      return (Properties) within(() -> api.call(jvm, method));
    } catch (Exception refused) {
      throw AttachFailure.of(process, refused);
    }
  }

  /**
   * Where its MBeans can be read from this machine; starts what serves them.
   *
   * @throws CommandFailure when it cannot do that
   */
  String managementAddress() throws CommandFailure {
    String running = properties("getAgentProperties").getProperty(ADDRESS);
    if (running != null) {
      return running;
    }
    try {
      return within(this::startManagement);
    } catch (TimeoutException silent) {
      throw AttachFailure.of(process, silent);
    } catch (Exception refused) {
      throw new CommandFailure(
          ExitCode.FAILED,
          process.pid()
              + " cannot be asked through JMX: "
              + refused.getMessage()
              + "; a runtime image needs the module jdk.management.agent for that");
    }
  }

  private String startManagement() throws Exception {
    try {
      return (String) api.call(jvm, "startLocalManagementAgent");
    } catch (Exception otherJava) {
      // that of Java 8 looks for a file that newer ones do not have
      try {
        api.command(jvm, "ManagementAgent.start_local");
      } catch (Exception alsoRefused) {
        otherJava.addSuppressed(alsoRefused);
        throw otherJava;
      }
      return ((Properties) api.call(jvm, "getAgentProperties")).getProperty(ADDRESS);
    }
  }

  private static <T> T within(Callable<T> call) throws Exception {
    return BoundedCall.within(CALL_NANOS, call);
  }

  /** Lets go of it; what was begun there goes on. */
  @Override
  public void close() {
    try {
      within(() -> api.call(jvm, "detach"));
    } catch (Exception nothingLeftToLetGo) {
      // it has ended, or ends with us
    }
  }
}
