package io.github.dotagent.it.install;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.network.Sighting;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.harness.zone.ZoneRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs child JVMs between the two servers; see {@link Watched}. */
final class WatchedScenario {
  private WatchedScenario() {}

  /** The arguments: a folder for the trust stores, the files that say what to run. */
  public static void main(String[] args) throws IOException {
    ExitWithParent.watch();
    try (DotUpstream dot = DotUpstream.start(Path.of(args[0]), SampleZone.ZONE);
        PlainServer plain = PlainServer.startIfAlone()) {
      Agent agent = dot.agent();
      for (int i = 1; i < args.length; i++) {
        String prefix = i - 1 + " ";
        dot.server.log().forgetQueries();
        int before = plain.questions().size();
        ChildResult result = withAgent(ChildSpec.read(Path.of(args[i])), agent).run();
        print(prefix + "out", result.stdout().stream());
        print(prefix + "err", result.stderr().stream());
        print(prefix + "asked", dot.questions().stream());
        print(prefix + "leaked", plain.questions().stream().skip(before));
        System.out.println(prefix + "took " + result.took());
        System.out.println(prefix + "exit " + result.exitCode());
      }
    }
  }

  static void print(String key, Stream<String> values) {
    values.forEach(value -> System.out.println(key + " " + value));
  }

  /** The placeholders replaced. */
  static ChildJvm withAgent(ChildJvm child, Agent agent) {
    List<String> settings = agent.settingArgs();
    List<String> all = agent.jvmArgs();
    ChildJvm ready =
        ChildJvm.of(child.java(), child.mainClass())
            .within(child.within())
            .classPath(child.classPath().toArray(Path[]::new))
            .args(child.args().toArray(String[]::new));
    for (String arg : child.jvmArgs()) {
      List<String> replaced =
          arg.equals(Watched.AGENT) ? all : arg.equals(Watched.SETTINGS) ? settings : List.of(arg);
      ready = ready.jvmArgs(replaced.toArray(String[]::new));
    }
    for (String name : child.environment().keySet()) {
      String value =
          child
              .environment()
              .get(name)
              .replace(Watched.AGENT, String.join(" ", all))
              .replace(Watched.SETTINGS, String.join(" ", settings));
      ready = ready.environment(name, value);
    }
    return child.startsSoon() ? ready : ready.asUsersStartIt();
  }

  /** Port 53, where this process has it to itself. */
  record PlainServer(Optional<Port53Witness> witness) implements AutoCloseable {
    /** Longer than any test, seconds. */
    private static final int TTL = 300;

    private static final int PORT = 53;

    static PlainServer startIfAlone() {
      if (!Boolean.getBoolean("it.port53")) {
        return new PlainServer(Optional.empty());
      }
      Zone wrong =
          Zone.builder()
              .addresses("*.example.test", TTL, Watched.IN_CLEAR)
              .addresses("*.many.example.test", TTL, Watched.IN_CLEAR)
              // where a program's server is, also without the agent
              .addresses("*.here.example.test", TTL, "127.0.0.1")
              .record(ZoneRecord.srv("_vertx._tcp.example.test", TTL, "vertx.here.example.test", 1))
              .record(service("_mysql._tcp.here.example.test", "db.here.example.test"))
              .record(service("_grpclb._tcp.grpc.here.example.test", "balancer.here.example.test"))
              .build();
      return new PlainServer(Optional.of(Port53Witness.answering(wrong, "127.0.0.1", PORT)));
    }

    private static ZoneRecord service(String owner, String server) {
      return ZoneRecord.srv(owner, TTL, server, SampleZone.SERVICE_PORT);
    }

    List<String> questions() {
      return witness.stream()
          .flatMap(server -> server.sightings().stream())
          .map(Sighting::question)
          .toList();
    }

    @Override
    public void close() {
      witness.ifPresent(Port53Witness::close);
    }
  }
}
