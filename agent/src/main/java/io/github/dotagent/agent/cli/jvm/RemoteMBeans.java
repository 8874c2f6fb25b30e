package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;

/** The agent's MBeans in another JVM of this machine. For one thread. */
public final class RemoteMBeans implements Closeable {
  /** The names in docs/watching.md. */
  public static final ObjectName RESOLVER = name("io.github.dotagent:type=Resolver");

  public static final ObjectName UPSTREAMS = name("io.github.dotagent:type=Upstream,*");

  /** The agent looks every 2 s for an MBean server to join; a busy machine takes longer. */
  private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A question takes a millisecond, unless the JVM is in a full garbage collection. */
  private static final long CALL_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** A close sends a message to the other JVM; its answer does not matter. */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** The interval between two checks: short for a person who waits, and long for a processor. */
  private static final long BETWEEN_MILLIS = 100;

  private static final ObjectName THREADS = name("java.lang:type=Threading");
  private static final String OUR_THREADS = "dot-agent-";

  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private RemoteMBeans(JMXConnector connector, MBeanServerConnection server) {
    this.connector = connector;
    this.server = server;
  }

  /** The failure if the other JVM cannot be asked, now or any longer. */
  public static CommandFailure failure(TargetProcess process, Exception lost) {
    return LocalConnector.failure(process, lost);
  }

  /** One question to the other JVM, or several that belong together. */
  public interface Request<T> {
    /**
     * Asks it; may hang.
     *
     * @throws JMException as the other JVM does
     */
    T ask(MBeanServerConnection server) throws IOException, JMException;
  }

  /**
   * Connects, and waits until the MBeans exist.
   *
   * @throws CommandFailure if that JVM has no agent, or the agent has no MBeans
   */
  public static RemoteMBeans of(TargetProcess process) throws CommandFailure {
    JMXConnector connector = LocalConnector.to(process);
    RemoteMBeans beans = null;
    try {
      beans =
          new RemoteMBeans(
              connector, BoundedCall.within(CALL_NANOS, connector::getMBeanServerConnection));
      beans.await(process);
      return beans;
    } catch (CommandFailure none) {
      throw none;
    } catch (Exception lost) {
      throw LocalConnector.failure(process, lost);
    }
  }

  /**
   * The other JVM's answer of any kind, within a bound.
   *
   * @throws IOException if it cannot be used; the message says why
   * @throws JMException as the other JVM does
   */
  public <T> T ask(Request<T> question) throws IOException, JMException {
    LoopbackSocketFactory.nextCall();
    try {
      return BoundedCall.within(CALL_NANOS, () -> question.ask(server));
    } catch (JMException thrown) {
      throw thrown;
    } catch (RuntimeMBeanException thrown) {
      throw new IOException(LocalConnector.reason(thrown), thrown);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    } catch (Exception | Error useless) {
      // a value of another type, or a stack or heap that is full
      throw new IOException(LocalConnector.reason(useless), useless);
    }
  }

  private void await(TargetProcess process) throws IOException, JMException, CommandFailure {
    long end = System.nanoTime() + AWAIT_NANOS;
    while (!ask(server -> server.isRegistered(RESOLVER))) {
      if (!ask(RemoteMBeans::hasOurThreads)) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "there is no agent in "
                + process.pid()
                + ": its lookups are not protected; install it with java -jar dot-agent.jar attach "
                + process.pid());
      }
      if (System.nanoTime() - end > 0) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "the agent in "
                + process.pid()
                + " shows no MBeans: jmx=false is set, or the program has removed them, or it is of"
                + " another version");
      }
      rest();
    }
  }

  /** The agent has threads from its start on, whatever its settings. */
  private static boolean hasOurThreads(MBeanServerConnection server)
      throws IOException, JMException {
    Object ids = server.getAttribute(THREADS, "AllThreadIds");
    CompositeData[] threads =
        (CompositeData[])
            server.invoke(THREADS, "getThreadInfo", new Object[] {ids}, new String[] {"[J"});
    for (CompositeData thread : threads) {
      // null: ended meanwhile
      if (thread != null && ((String) thread.get("threadName")).startsWith(OUR_THREADS)) {
        return true;
      }
    }
    return false;
  }

  private static void rest() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  /**
   * Forgets all names there.
   *
   * @throws IOException when that cannot be done; the message says why
   */
  public void flush() throws IOException {
    invoke("flush", new Object[0], new String[0]);
  }

  /**
   * Forgets one name there.
   *
   * @throws IOException as {@link #flush()}
   */
  public void flush(String name) throws IOException {
    invoke("flush", new Object[] {name}, new String[] {String.class.getName()});
  }

  /**
   * Makes the agent there read its settings files; fit for a terminal.
   *
   * @return the changes, a line each
   * @throws IOException if they do not take effect; the message says why
   */
  public List<String> reload() throws IOException {
    return lines(invoke("reload", new Object[0], new String[0]));
  }

  /**
   * Where that JVM sends a name, and its cached answers; fit for a terminal.
   *
   * @throws IOException if the agent there cannot tell
   */
  public List<String> explain(String name) throws IOException {
    return lines(invoke("explain", new Object[] {name}, new String[] {String.class.getName()}));
  }

  private static List<String> lines(Object said) throws IOException {
    List<String> lines = ForeignValue.lines(said);
    if (lines == null) {
      throw new IOException("its agent is of another version");
    }
    return lines;
  }

  private Object invoke(String operation, Object[] arguments, String[] types) throws IOException {
    try {
      return ask(server -> server.invoke(RESOLVER, operation, arguments, types));
    } catch (ReflectionException otherVersion) {
      throw new IOException("its agent is of another version", otherVersion);
    } catch (JMException thrown) {
      throw new IOException(LocalConnector.reason(thrown), thrown);
    }
  }

  private static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public void close() {
    try {
      BoundedCall.within(
          CLOSE_NANOS,
          () -> {
            connector.close();
            return null;
          });
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (Exception | Error hasEnded) {
      // that JVM has ended: nothing is left to close
    }
  }
}
