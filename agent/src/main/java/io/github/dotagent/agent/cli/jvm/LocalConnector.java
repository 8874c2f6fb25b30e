package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.net.TerminalText;
import java.io.IOException;
import java.io.InvalidClassException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The JDK's own way to the MBeans of another JVM on this machine. */
final class LocalConnector {
  /** The kernel and the JVM have to answer, and the JVM may be in a full garbage collection. */
  private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** A chain of causes that the other JVM sent may be a circle. */
  private static final int MOST_CAUSES = 16;

  private static final int LONGEST_REASON = 300; // it is a part of one line

  private LocalConnector() {}

  /**
   * Makes that JVM serve its MBeans to this machine, and connects.
   *
   * @throws CommandFailure if it cannot do that, or is elsewhere
   */
  static JMXConnector to(TargetProcess process) throws CommandFailure {
    ObjectFilter.require();
    String address;
    try (AttachedJvm jvm = AttachedJvm.of(process)) {
      address = jvm.managementAddress();
    }
    try {
      JMXServiceURL url = new JMXServiceURL(ConnectorAddress.of(address).url());
      LoopbackSocketFactory.use();
      return BoundedCall.within(CONNECT_NANOS, () -> connected(url));
    } catch (Exception | Error unreachable) {
      throw failure(process, unreachable);
    }
  }

  @SuppressWarnings("BanJNDI") // the address contains the stub; no directory is asked
  private static JMXConnector connected(JMXServiceURL url) throws IOException {
    return JMXConnectorFactory.connect(url);
  }

  private static String reason(TargetProcess process, Throwable lost) {
    if (process.isGone()) {
      return "it has ended";
    }
    return process.hasItsOwnNetwork()
        ? "it runs in another network; run this command there: docker exec, kubectl exec, or"
            + " nsenter -n -t "
            + process.pid()
        : reason(lost);
  }

  /** The first cause, in one line: RMI wraps each failure several times. */
  static String reason(Throwable lost) {
    Throwable root = lost;
    for (int i = 0; i < MOST_CAUSES && root.getCause() != null; i++) {
      root = root.getCause();
    }
    if (root instanceof TimeoutException) {
      return "it does not answer";
    }
    if (root instanceof InvalidClassException || root instanceof ClassNotFoundException) {
      return TerminalText.of(
          "it sent objects that no agent sends (" + root.getMessage() + ")", LONGEST_REASON);
    }
    boolean inWords = root instanceof IOException || lost instanceof RuntimeMBeanException;
    return TerminalText.of(
        inWords && root.getMessage() != null ? root.getMessage() : root.toString(), LONGEST_REASON);
  }

  /** The failure if there is no connection, or it is lost. */
  static CommandFailure failure(TargetProcess process, Throwable lost) {
    return new CommandFailure(
        ExitCode.FAILED,
        process.pid() + " cannot be reached through JMX: " + reason(process, lost));
  }
}
