package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import java.io.Closeable;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JVM that is attached to. No call takes longer than its bound. For one thread. */
public final class AttachedJvm implements Closeable {
  /** The Attach API itself gives a JVM 10 s to wake its listener. */
  private static final long ATTACH_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** The longest call installs the agent, half a second on an idle machine. */
  private static final long CALL_NANOS = TimeUnit.SECONDS.toNanos(30);

  // where the JDK's agent writes it
  private static final String ADDRESS = "com.sun.management.jmxremote.localConnectorAddress";

  private final TargetProcess process;
  private final AttachChannel channel;

  AttachedJvm(TargetProcess process, AttachChannel channel) {
    this.process = process;
    this.channel = channel;
  }

  /**
   * Attaches.
   *
   * @throws CommandFailure when that is not possible; the message says why, and what to do
   */
  public static AttachedJvm of(TargetProcess process) throws CommandFailure {
    AttachApi api = AttachApi.ofThisJava();
    if (process.objection().isPresent()) {
      throw new CommandFailure(ExitCode.FAILED, process.objection().get());
    }
    try {
      AttachChannel channel = BoundedCall.within(ATTACH_NANOS, () -> api.attach(process));
      return new AttachedJvm(process, channel);
    } catch (Exception | Error refused) {
      throw AttachFailure.of(process, refused);
    }
  }

  /**
   * Loads an agent, and returns when that is done.
   *
   * @return null, or the exception of the Attach API: it does not understand the answer of a much
   *     older or newer JVM, although the agent was loaded
   * @throws CommandFailure when it does not answer at all
   */
  public Exception loadAgent(String jar, String argument) throws CommandFailure {
    try {
      within(
          () -> {
            channel.loadAgent(jar, argument);
            return null;
          });
      return null;
    } catch (TimeoutException | Error silent) { // an endless answer fills the heap
      throw AttachFailure.of(process, silent);
    } catch (Exception refused) {
      return refused;
    }
  }

  /** Its system properties, as they are now. */
  public Properties systemProperties() throws CommandFailure {
    return asked(channel::systemProperties);
  }

  private <T> T asked(Callable<T> question) throws CommandFailure {
    try {
      return within(question);
    } catch (Exception | Error refused) { // an endless answer fills the heap
      throw AttachFailure.of(process, refused);
    }
  }

  /**
   * The address of its MBeans for this machine; starts the connector that serves them.
   *
   * @throws CommandFailure if it cannot do that
   */
  String managementAddress() throws CommandFailure {
    String running = asked(channel::agentProperties).getProperty(ADDRESS);
    if (running != null) {
      return running;
    }
    try {
      within(
          () -> {
            channel.startManagement();
            return null;
          });
    } catch (TimeoutException | Error silent) {
      throw AttachFailure.of(process, silent);
    } catch (Exception refused) {
      throw new CommandFailure(
          ExitCode.FAILED,
          process.pid()
              + " cannot be reached through JMX: "
              + refused.getMessage()
              + "; a runtime image needs the module jdk.management.agent for that");
    }
    return asked(channel::agentProperties).getProperty(ADDRESS);
  }

  private static <T> T within(Callable<T> call) throws Exception {
    return BoundedCall.within(CALL_NANOS, call);
  }

  /** Disconnects; the connector there continues. */
  @Override
  public void close() {
    try {
      within(
          () -> {
            channel.detach();
            return null;
          });
    } catch (Exception | Error nothingLeftToLetGo) {
      // it has ended, or ends with this command
    }
  }
}
