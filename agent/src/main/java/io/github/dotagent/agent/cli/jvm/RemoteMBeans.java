package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
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
  /** As docs/watching.md has them. */
  public static final ObjectName RESOLVER = name("io.github.dotagent:type=Resolver");

  public static final ObjectName UPSTREAMS = name("io.github.dotagent:type=Upstream,*");

  /** The agent looks every 2 s whether somebody wants to watch it; a busy machine takes longer. */
  private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long BETWEEN_MILLIS = 100;
  private static final ObjectName THREADS = name("java.lang:type=Threading");
  private static final String OUR_THREADS = "dot-agent-";

  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private RemoteMBeans(JMXConnector connector, MBeanServerConnection server) {
    this.connector = connector;
    this.server = server;
  }

  /**
   * Connects, and waits until they are there.
   *
   * @throws CommandFailure when there is no agent, or it shows none
   */
  public static RemoteMBeans of(TargetProcess process) throws CommandFailure {
    try {
      JMXConnector connector = LocalConnector.to(process);
      RemoteMBeans beans = new RemoteMBeans(connector, connector.getMBeanServerConnection());
      beans.await(process);
      return beans;
    } catch (IOException | JMException lost) {
      throw LocalConnector.failure(process, lost);
    }
  }

  private void await(TargetProcess process) throws IOException, JMException, CommandFailure {
    long end = System.nanoTime() + AWAIT_NANOS;
    while (!server.isRegistered(RESOLVER)) {
      if (!hasOurThreads()) {
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
                + " shows no MBeans: jmx=false is among its settings, or the program has removed"
                + " them, or it is of another version");
      }
      rest();
    }
  }

  /** Whatever its settings are, the agent has threads from its start on. */
  private boolean hasOurThreads() throws IOException, JMException {
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

  /** Where they are. */
  public MBeanServerConnection server() {
    return server;
  }

  /**
   * Forgets all names there.
   *
   * @throws IOException when that cannot be done; the message says why
   */
  public void flush() throws IOException {
    flush(new Object[0], new String[0]);
  }

  /**
   * Forgets one name there.
   *
   * @throws IOException as {@link #flush()}
   */
  public void flush(String name) throws IOException {
    flush(new Object[] {name}, new String[] {String.class.getName()});
  }

  /**
   * Where a name goes there, and what is kept of it.
   *
   * @throws IOException when the agent there cannot tell
   */
  public List<String> explain(String name) throws IOException {
    try {
      return Arrays.asList(
          (String[])
              server.invoke(
                  RESOLVER, "explain", new Object[] {name}, new String[] {String.class.getName()}));
    } catch (ReflectionException otherVersion) {
      throw new IOException("its agent is of another version", otherVersion);
    } catch (RuntimeMBeanException thrown) {
      throw new IOException(thrown.getTargetException().getMessage(), thrown);
    } catch (JMException thrown) {
      throw new IOException(thrown.toString(), thrown);
    }
  }

  private void flush(Object[] arguments, String[] types) throws IOException {
    try {
      server.invoke(RESOLVER, "flush", arguments, types);
    } catch (RuntimeMBeanException thrown) {
      throw new IOException(thrown.getTargetException().getMessage(), thrown);
    } catch (JMException thrown) {
      throw new IOException(thrown.toString(), thrown);
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
      connector.close();
    } catch (IOException hasEnded) {
      // as we will
    }
  }
}
