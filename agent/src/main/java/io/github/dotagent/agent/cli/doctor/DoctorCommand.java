package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.OwnJar;
import io.github.dotagent.agent.cli.SettingsOption;
import io.github.dotagent.agent.cli.Silence;
import io.github.dotagent.agent.cli.UpstreamAddresses;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.tls.ExaminedConnection;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.tls.TrustStoreCheck;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks whether the agent will work here, and if not, why. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks every upstream, then this machine, and names the remedy for each problem.",
      "Run it where the service runs: with its Java, its user and its settings."
    })
public final class DoctorCommand implements Callable<Integer> {
  /** A port that nearly every host serves, or refuses. */
  private static final int HTTPS = 443;

  @Spec private CommandSpec spec;
  @Mixin private SettingsOption settings;

  @Option(names = "--json", description = "One JSON document on stdout.")
  private boolean json;

  @Option(
      names = "--class-path",
      paramLabel = "PATH",
      description = "The service's class path: reports what in it looks names up.")
  private String classPath;

  @Option(
      names = "--command-line",
      paramLabel = "COMMAND",
      description =
          "The service's command line: reports the order of its agents, its archives, and lookups"
              + " before the agent starts.")
  private String commandLine;

  private final Instant now = Instant.now();
  private final ClockCheck clock = new ClockCheck(now);
  private final AgentTimers timers = new AgentTimers(Silence.LOG);
  private int authenticated;
  private int resolving;
  private int servers;
  private final List<String> unresolved = new ArrayList<>(); // groups without a server that answers

  @Override
  public Integer call() throws ConfigException, IOException {
    DotConfig config = settings.config();
    Report kind =
        json
            ? new JsonReport(spec.commandLine().getOut())
            : new TextReport(spec.commandLine().getOut());
    CountedReport report = new CountedReport(kind);
    int limit = (int) Math.min(config.timeout().toMillis(), Integer.MAX_VALUE);
    NameFilesCheck files = new NameFilesCheck(config.names());
    SearchDomains domains = files.domainsOfUpstreams();
    AnswerCheck answers =
        new AnswerCheck(
            timers, limit, Nat64Check.of(new ThisNetwork(limit)), domains, config.dnssec(), report);
    group("names without a zone", config.upstreams(), "", config, limit, answers, report);
    for (ZoneGroup zone : ZoneGroup.of(config.zones())) {
      AnswerCheck ofZone = AnswerCheck.ofZone(zone.names().get(0), timers, limit, report);
      String text = "zone " + zone;
      group(text, zone.servers(), " (" + text + ")", config, limit, ofZone, report);
    }
    machine(config, files, domains, report);
    report.end(
        LastLine.of(
            resolving, servers, unresolved, settings.isSwitchedOff(), config.names(), report));
    if (authenticated == 0) {
      return ExitCode.NO_UPSTREAM;
    }
    return report.failures() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** The servers that may answer the same names: one of them must. */
  private void group(
      String names,
      List<UpstreamSpec> group,
      String zone,
      DotConfig config,
      int limit,
      AnswerCheck answers,
      CountedReport report) {
    int resolvingBefore = resolving;
    int failuresBefore = report.failures();
    for (UpstreamSpec named : group) {
      upstream(named, zone, config, limit, answers, report);
    }
    if (resolving > resolvingBefore) {
      return;
    }
    unresolved.add(names);
    if (report.failures() == failuresBefore) { // as for a server that has IPv6 alone
      report.checking("all of them");
      report.found(
          Finding.fail(
              "no server answers for " + names + ": lookups fail",
              "see the notes above, or name a server that this machine can reach"));
    }
  }

  private void upstream(
      UpstreamSpec named,
      String zone,
      DotConfig config,
      int limit,
      AnswerCheck answers,
      Report report) {
    List<UpstreamSpec> behind;
    try {
      behind = UpstreamAddresses.spec(named);
    } catch (UnknownHostException noAddress) {
      servers++;
      report.section(named + zone);
      report.checking("address");
      report.found(
          Finding.fail(
              "the system resolver found no address for it: " + noAddress.getMessage(),
              "name the server by its address, ADDRESS@PORT#NAME, or put it into the hosts file"));
      return;
    }
    servers += behind.size();
    for (UpstreamSpec server : behind) {
      ConnectDiagnosis connecting =
          new ConnectDiagnosis(other -> isThere(other, limit), DoctorCommand::hasRoute);
      UpstreamCheck check =
          new UpstreamCheck(
              server,
              zone,
              config.tls(),
              connecting,
              new CertificateDiagnosis(now),
              answers,
              timers,
              limit,
              report);
      ExaminedConnection seen = check.run();
      resolving += check.resolves() ? 1 : 0;
      clock.saw(Validity.of(seen.presented()));
      authenticated += seen.failure().isPresent() ? 0 : 1;
    }
  }

  /** A refused connection is an answer, too; if a firewall drops packets, there is none. */
  private static boolean isThere(UpstreamSpec server, int limit) {
    try (Socket probe = new Socket(Proxy.NO_PROXY)) { // as the agent connects
      probe.connect(new InetSocketAddress(server.address(), HTTPS), limit);
      return true;
    } catch (ConnectException answer) {
      return String.valueOf(answer.getMessage()).contains("refused");
    } catch (IOException none) {
      return false;
    }
  }

  /** Nothing is sent: this asks the kernel for a route. */
  private static boolean hasRoute(UpstreamSpec server) {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(server.endpoint());
      return true;
    } catch (IOException | UncheckedIOException none) {
      return false;
    }
  }

  private void machine(DotConfig config, NameFilesCheck files, SearchDomains domains, Report report)
      throws ConfigException {
    report.section("this machine");
    report.checking("Java");
    report.found(JavaCheck.java());
    QuotaCheck limits = new QuotaCheck(Paths.get("/proc/self/cgroup"), Paths.get("/sys/fs/cgroup"));
    limit("processors", limits.processors(), report);
    limit("memory", limits.memory(config.cache().maxEntries()), report);
    report.checking("hook");
    report.found(
        settings.isSwitchedOff()
            ? Finding.fail(
                "the agent does nothing: dotagent.enabled=false",
                "without it names leave in the clear")
            : new HookCheck(OwnJar.path(), settings.sources(), settings.file(), classPath).find());
    report.checking("other agents");
    report.found(OtherAgentsCheck.find(System.getenv()));
    report.checking("trust store");
    report.found(trustStore(config.tls()));
    report.checking("hosts file");
    report.found(files.hosts());
    report.checking("search list");
    report.found(files.search());
    for (Finding finding : files.searchDomains(domains)) {
      report.checking("domains");
      report.found(finding);
    }
    report.checking("cluster");
    report.found(files.cluster(System.getenv()));
    report.checking("clock");
    report.found(clock.find());
    if (commandLine != null) {
      for (Finding finding : CommandLineCheck.of(commandLine)) {
        report.checking("command line");
        report.found(finding);
      }
      for (Finding finding : EarlyLookupsCheck.of(commandLine)) {
        report.checking("early lookups");
        report.found(finding);
      }
    }
    if (classPath != null) {
      for (Finding finding : DnsLibrariesCheck.of(classPath, config.bypass())) {
        report.checking("class path");
        report.found(finding);
      }
    }
  }

  /**
   * @param found null for none
   */
  private static void limit(String check, Finding found, Report report) {
    if (found != null) {
      report.checking(check);
      report.found(found);
    }
  }

  private static Finding trustStore(TlsPolicy policy) {
    if (policy.authentication() == TlsPolicy.Authentication.PINS) {
      return Finding.ok("not used: dotagent.auth=pins");
    }
    try {
      TrustStoreCheck.check(policy);
      return Finding.ok(
          policy
              .trustStore()
              .map(store -> store.file().toString())
              .orElse("this JDK's own, " + TrustStoreCheck.ofThisJdk()));
    } catch (TlsFailure unusable) {
      return Finding.failOf(unusable.getMessage(), "correct the file");
    }
  }
}
