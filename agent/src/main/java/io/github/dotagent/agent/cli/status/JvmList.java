package io.github.dotagent.agent.cli.status;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.jvm.JmxOfThisJava;
import io.github.dotagent.agent.cli.jvm.RemoteMBeans;
import io.github.dotagent.agent.cli.jvm.RunningJvms;
import io.github.dotagent.net.TerminalText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** This user's JVMs, a line each: the agent's version and state in those that have it. */
final class JvmList {
  private JvmList() {}

  /**
   * Does not attach to JVMs without the agent.
   *
   * @throws CommandFailure if the system does not list its processes
   */
  static List<String> lines() throws CommandFailure {
    Columns columns = new Columns("rll");
    columns.row("PID", "dot-agent", "program");
    for (RunningJvms.Jvm jvm : RunningJvms.ofThisUser()) {
      columns.row(
          Long.toString(jvm.process().pid()),
          jvm.hasAgent() ? agentIn(jvm) : "none",
          TerminalText.of(jvm.program()));
    }
    List<String> lines = new ArrayList<>();
    for (String line : columns.lines(Lines.WIDTH)) {
      lines.add(line.length() > Lines.WIDTH ? line.substring(0, Lines.WIDTH - 3) + "..." : line);
    }
    return lines;
  }

  private static String agentIn(RunningJvms.Jvm jvm) {
    try {
      JmxOfThisJava.require();
      try (RemoteMBeans beans = RemoteMBeans.of(jvm.process())) {
        StatusSnapshot look = StatusSnapshot.take(beans, jvm.process().pid(), Instant.now());
        return Words.text(look.resolver().text("Version")) + ", " + stateOf(look);
      }
    } catch (CommandFailure | IOException notTold) {
      return "installed, and shows no MBeans";
    }
  }

  private static String stateOf(StatusSnapshot look) {
    int usable = 0;
    for (Figures server : look.upstreams()) {
      usable += UpstreamTable.isUsable(server) ? 1 : 0;
    }
    return usable + " of " + look.upstreams().size() + " upstreams usable";
  }
}
