package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import java.io.IOException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The JDK's own way to the MBeans of another JVM on this machine. */
final class LocalConnector {
  /** Of RMIConnector's. With {@code /jndi/} the other JVM could have us ask whom it likes. */
  private static final String STUB = "/stub/";

  private LocalConnector() {}

  /**
   * Has that JVM serve its MBeans to this machine, and connects.
   *
   * @throws CommandFailure when it cannot do that, or is elsewhere
   */
  static JMXConnector to(TargetProcess process) throws CommandFailure {
    String address;
    try (AttachedJvm jvm = AttachedJvm.of(process)) {
      address = jvm.managementAddress();
    }
    try {
      return connected(address);
    } catch (IOException unreachable) {
      throw failure(process, unreachable);
    }
  }

  @SuppressWarnings("BanJNDI") // a stub is in the address; no directory is asked for one
  private static JMXConnector connected(String address) throws IOException {
    JMXServiceURL url = new JMXServiceURL(address);
    if (!url.getURLPath().startsWith(STUB)) {
      throw new IOException("it names an address that is none: " + address);
    }
    LoopbackSockets.use();
    return JMXConnectorFactory.connect(url);
  }

  private static String reason(TargetProcess process, Exception lost) {
    if (process.isGone()) {
      return "it has ended";
    }
    return process.hasItsOwnNetwork()
        ? "it has a network of its own; run this command there: docker exec, kubectl exec, or"
            + " nsenter -n -t "
            + process.pid()
        : lost.toString();
  }

  /** What to say when the connection is not there, or no more. */
  static CommandFailure failure(TargetProcess process, Exception lost) {
    return new CommandFailure(
        ExitCode.FAILED, process.pid() + " cannot be asked through JMX: " + reason(process, lost));
  }
}
