package io.github.dotagent.it.docs;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs in a network of its own, where Cloudflare's addresses are this machine's and have servers.
 * Types each command of the documentation, those of the own server of docs/trial.md first, and
 * prints what came of it.
 */
final class DocumentationScenario {
  private static final String NAME = "one.one.one.one";

  private static final Zone ZONE =
      Zone.builder()
          .soa("example.com", 300, 300)
          .addresses("example.com", 300, "127.0.0.1", "::1")
          .addresses("www.example.com", 300, "127.0.0.1", "::1")
          .build();

  private DocumentationScenario() {}

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) throws Exception {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    List<CodeBlock> blocks = CodeBlock.ofDocumentation(DocumentationIT.PROJECT);
    Reader reader = Reader.in(Path.of(args[2]).resolve("reader"), java, blocks);
    TestAuthority authority = TestAuthority.withIntermediate(Instant.now(), 1);
    Path trust = authority.writeTrustStores(Path.of(args[2])).pem();
    ServerCertificate certificate = authority.issue(CertificateSpec.forNames(NAME));
    List<DotServer> servers = new ArrayList<>();
    for (String address :
        List.of("1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001")) {
      servers.add(DotServer.start(DotServerOptions.of(ZONE, certificate).on(address).port(853)));
    }
    Agent agent = Agent.patient().set("trustStore", trust.toString());
    try (RunningChild service =
            agent.on(ChildJvm.program(java, "LookupProgram")).args("-").start();
        RunningChild unbound = reader.followsTheTrial()) {
      service.ask("byName example.com");
      for (DocumentedCommand command : DocumentedCommand.of(blocks)) {
        if (DocumentationIT.isRun(command) && !reader.hasTyped(command)) {
          typed(reader, command, java, service, trust);
        }
      }
      reader.typed().forEach(command -> System.out.println("ok " + command));
      if (!unbound.isAlive()) {
        System.out.println("FAILED the server of docs/trial.md has ended");
      }
    } finally {
      servers.forEach(DotServer::close);
    }
  }

  /** A command that puts the agent into a JVM, or takes it out, gets one of its own. */
  private static void typed(
      Reader reader, DocumentedCommand command, JavaHome java, RunningChild service, Path trust) {
    boolean attaches =
        command.text().contains("JVMTI.agent_load") || command.text().contains("attach PID");
    boolean detaches = command.text().contains("detach PID");
    ChildResult result;
    if (attaches || detaches) {
      Agent settings = Agent.patient().set("trustStore", trust.toString()).set("install", "warn");
      ChildJvm program = ChildJvm.program(java, "LookupProgram").args("-");
      ChildJvm own =
          detaches
              ? settings.on(program)
              : program.jvmArgs(settings.settingArgs().toArray(String[]::new));
      try (RunningChild child = own.start()) {
        child.ask("byName localhost");
        result = reader.type(command, child.pid(), trust);
      }
    } else {
      result = reader.type(command, service.pid(), trust);
    }
    if (result.exitCode() != 0) {
      System.out.println("FAILED " + command + " " + result.toString().replace('\n', '|'));
    }
  }
}
