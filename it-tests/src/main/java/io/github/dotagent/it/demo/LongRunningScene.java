package io.github.dotagent.it.demo;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A service that is not started again: the server's key changes under it, its settings follow, and
 * the server goes away.
 */
final class LongRunningScene {
  /** Each state is there within three seconds; this is for a machine under load. */
  private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long BETWEEN_MILLIS = 100;

  private static final String NAME = "shop.example";

  /** So short that the outage does not have to be waited for. */
  private static final int TTL_SECONDS = 1;

  private static final Zone ZONE =
      Zone.builder()
          .soa("example", TTL_SECONDS, TTL_SECONDS)
          .addresses(NAME, TTL_SECONDS, "127.0.0.1")
          .addresses("*.example", TTL_SECONDS, "127.0.0.1")
          .build();

  private final DemoOutput report;
  private final AgentRun agent;
  private final TestAuthority authority;
  private final String serverName;
  private final ServerCertificate certificate;
  private final Path settings;
  private int names;

  /**
   * @param agent its settings go into a file that it follows, with another server
   */
  LongRunningScene(
      DemoOutput report,
      Path folder,
      AgentRun agent,
      TestAuthority authority,
      String serverName,
      ServerCertificate certificate) {
    this.report = report;
    this.agent = agent;
    this.authority = authority;
    this.serverName = serverName;
    this.certificate = certificate;
    this.settings = folder.resolve("dot-agent.properties");
  }

  void play() {
    try (DotServer dot = DotServer.start(ZONE, certificate)) {
      AgentRun inFile = agent.set("upstreams", dot.upstream(serverName));
      write(inFile.set("pins", certificate.pin()));
      ChildJvm program =
          ChildJvm.program(JavaHome.current(), "LookupProgram")
              .jvmArgs("-Dsun.net.inetaddr.negative.ttl=0")
              .args("-");
      try (RunningChild service = AgentRun.in(agent.folder()).on(program, settings).start()) {
        anotherKey(service, dot, inFile);
        anOutage(service, dot);
        service.finish();
      }
    }
  }

  private void anotherKey(RunningChild service, DotServer dot, AgentRun inFile) {
    report.title("The server shows another key, while a service runs");
    report.check(isFound(lookUp(service)), "before, the service looks names up");
    report.say("The other key may be an impostor's, or the server's new one. Only you can tell:");
    ServerCertificate other = authority.issue(CertificateSpec.forNames(serverName));
    dot.log().forgetQueries();
    dot.present(other);
    dot.dropConnections();
    String refused = lookUp(service);
    report.line(refused);
    report.check(refused.contains("pin mismatch"), "no lookup trusts that key");
    report.check(dot.log().queries().isEmpty(), "no name was sent to the server");
    report.say("It is the new one. You add its pin to the settings file, which the agent follows:");
    write(inFile.set("pins", certificate.pin() + "," + other.pin()));
    report.check(
        until(() -> isFound(lookUp(service))),
        "the same process looks names up again; it was not started anew");
    agent.log().stream().filter(line -> line.contains("settings changed")).forEach(report::line);
  }

  private void anOutage(RunningChild service, DotServer dot) {
    report.title("No server can be reached");
    report.say("Answers that are too old are served meanwhile, up to a day (RFC 8767):");
    service.ask("byName " + NAME);
    dot.close();
    String[] old = new String[1];
    boolean expired =
        until(
            () -> {
              old[0] = service.ask("byName " + NAME);
              return agent.log().stream().anyMatch(line -> isServedStale(line));
            });
    report.line(NAME + ": " + old[0]);
    agent.log().stream().filter(LongRunningScene::isServedStale).limit(1).forEach(report::line);
    report.check(expired && isFound(old[0]), "a name that the cache knows is answered");
    String unknown = lookUp(service);
    report.line(unknown);
    report.check(
        unknown.contains("no answer over TLS"),
        "any other name fails with the reason, and is not asked for in the clear");
  }

  private static boolean isServedStale(String line) {
    return line.contains(NAME + " A: ") && line.contains("from the cache, expired");
  }

  /** A name that was not looked up before. */
  private String lookUp(RunningChild service) {
    return service.ask("byName order-" + ++names + ".example");
  }

  private static boolean isFound(String said) {
    return said.equals("ok 127.0.0.1");
  }

  private static boolean until(BooleanSupplier state) {
    long begun = System.nanoTime();
    while (!state.getAsBoolean()) {
      if (System.nanoTime() - begun > WITHIN_NANOS) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** As a whole: the agent reads the old file or the new one, and no part of it. */
  private void write(AgentRun run) {
    List<String> lines =
        run.settings().entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .toList();
    try {
      Path whole = Files.write(settings.resolveSibling("dot-agent.new"), lines);
      Files.move(whole, settings, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }
}
