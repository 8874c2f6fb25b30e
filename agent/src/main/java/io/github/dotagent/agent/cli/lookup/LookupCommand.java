package io.github.dotagent.agent.cli.lookup;

import io.github.dotagent.agent.cli.CommandFailure;
import io.github.dotagent.agent.cli.ExitCode;
import io.github.dotagent.agent.cli.OwnName;
import io.github.dotagent.agent.cli.ServerRecords;
import io.github.dotagent.agent.cli.SettingsOption;
import io.github.dotagent.agent.cli.Silence;
import io.github.dotagent.agent.cli.UpstreamAddresses;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.dnssec.SecurityCheck;
import io.github.dotagent.inspect.InspectedServer;
import io.github.dotagent.inspect.TimedResponse;
import io.github.dotagent.net.AddressText;
import io.github.dotagent.net.TerminalText;
import io.github.dotagent.resolver.NameExplanation;
import io.github.dotagent.tls.ExaminedConnection;
import io.github.dotagent.tls.ShownIdentity;
import io.github.dotagent.tls.TlsExaminer;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsSession;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.wire.QueryToInspect;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.ResponseFacts;
import io.github.dotagent.wire.ResponseText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One query to the first upstream that can be reached and authenticated. */
@Command(
    name = "lookup",
    mixinStandardHelpOptions = true,
    description = {
      "Sends one query over TLS and shows the response as kdig does.",
      "It uses no hosts file, no search list and no cache: it shows the server's response."
    })
public final class LookupCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final double NANOS_PER_MILLI = 1e6;

  @Spec private CommandSpec spec;
  @Mixin private SettingsOption settings;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "A domain name, or an address to ask for its name.")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "Any record type, such as AAAA, MX, HTTPS or TYPE65; the default is A.")
  private String type;

  @Option(names = "-d", description = "Also show the certificates, their pins and the verdict.")
  private boolean debug;

  @Option(
      names = "--server",
      paramLabel = "UPSTREAM",
      description = "ADDRESS[@PORT][#NAME] or NAME[@PORT], instead of those of the settings.")
  private String server;

  private String zone = ""; // empty: the servers for names outside every zone
  private String elsewhere; // null: the agent sends it to the servers
  private final AgentTimers timers = new AgentTimers(Silence.LOG);

  /** Made by picocli. */
  public LookupCommand() {}

  @Override
  public Integer call() throws ConfigException, CommandFailure {
    QueryToInspect query = query();
    DotConfig config = server == null ? settings.config() : settings.configWith(server);
    NameExplanation.Step step = step(query.name(), config, timers);
    boolean own = server != null && !step.zone().isEmpty();
    elsewhere = step.isUpstream() && !(own && isOther(step, config)) ? null : step.place();
    zone = server == null ? step.zone() : "";
    for (UpstreamSpec upstream : config.serversOf(zone)) {
      try {
        for (UpstreamSpec one : UpstreamAddresses.spec(upstream)) {
          Integer exitCode = ask(query, one, config);
          if (exitCode != null) {
            return exitCode;
          }
        }
      } catch (UnknownHostException noAddress) {
        failed(upstream, "the system resolver found no address for it");
      }
    }
    return ExitCode.NO_UPSTREAM;
  }

  /** Whether the server of {@code --server} is not one of the zone's servers. */
  private static boolean isOther(NameExplanation.Step step, DotConfig config) {
    return !config.serversOf(step.zone()).containsAll(config.upstreams());
  }

  /** Whether the agent would ask the same servers for this name, to which an alias leads. */
  private boolean isOfTheServers(String target, DotConfig config) {
    NameExplanation.Step step = step(target, config, timers);
    return step.isUpstream() && config.serversOf(step.zone()).equals(config.serversOf(zone));
  }

  /** The place to which the agent would send the name. */
  private static NameExplanation.Step step(String name, DotConfig config, AgentTimers timers) {
    return NameExplanation.of(
            config.names(), OwnName.text(), timers, timers, config.timeout().toNanos(), Silence.LOG)
        .asIs(withoutRoot(name));
  }

  private static String withoutRoot(String name) {
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return bare.toLowerCase(Locale.ROOT);
  }

  private QueryToInspect query() throws CommandFailure {
    try {
      return QueryToInspect.of(name, type);
    } catch (IllegalArgumentException noQuestion) {
      throw new CommandFailure(ExitCode.WRONG_USE, noQuestion.getMessage());
    }
  }

  /** Null: the next one may know. */
  private Integer ask(QueryToInspect query, UpstreamSpec one, DotConfig config) {
    int limit = (int) Math.min(config.timeout().toMillis(), Integer.MAX_VALUE);
    String wanted = one.authenticationName().orElse(null);
    TlsExaminer examiner = new TlsExaminer(config.tls(), timers, Silence.LOG);
    ExaminedConnection seen = examiner.examine(one.endpoint(), wanted, limit);
    TlsFailure failure = seen.failure().orElse(null);
    if (debug) {
      print(ConnectionText.of(query, one, seen, config.tls()));
    }
    if (failure != null) {
      failed(one, failure.getMessage());
      return null;
    }
    ShownIdentity identity = seen.session().identity();
    Supplier<TlsSession> another = () -> examiner.examine(one.endpoint(), wanted, limit).session();
    try (InspectedServer connection = new InspectedServer(seen.session(), another, limit, timers)) {
      DnssecPolicy dnssec = config.dnssec();
      EdnsFallbackQuery asked =
          EdnsFallbackQuery.ask(
              query, config.asksPrivately(), dnssec != null, connection::exchange);
      String checked = dnssec == null ? null : checked(query, connection, one, asked, config);
      return shown(one, identity, asked, checked);
    } catch (IOException | ResponseException noAnswer) {
      failed(one, noAnswer.getMessage());
      return null;
    }
  }

  /** The server's verdict on the signatures, or the agent's own. */
  private String checked(
      QueryToInspect query,
      InspectedServer connection,
      UpstreamSpec one,
      EdnsFallbackQuery asked,
      DotConfig config)
      throws ResponseException {
    if (!config.dnssec().validates()) {
      boolean secure = ResponseFacts.of(asked.response().response()).isSaidToBeSecure();
      return secure
          ? "secure, as the server reports (AD)"
          : "not secure, as the server reports (no AD)";
    }
    return SecurityCheck.of(
            query.name(),
            query.type(),
            config.dnssec(),
            new ServerRecords(connection, one, asked.isPrivate()),
            target -> server != null || isOfTheServers(target, config),
            timers,
            config.timeout().toNanos())
        .toString();
  }

  private int shown(
      UpstreamSpec one, ShownIdentity identity, EdnsFallbackQuery asked, String checked)
      throws ResponseException {
    TimedResponse exchanged = asked.response();
    byte[] response = exchanged.response();
    PrintWriter out = spec.commandLine().getOut();
    if (asked.refusal() != null) {
      out.println(";; WARNING: " + asked.refusal());
    }
    out.println(";; TLS session " + SessionText.of(identity.version(), identity.cipher()));
    print(ResponseText.lines(response));
    out.println();
    out.println(";; Received " + response.length + " B");
    out.println(";; Time " + TIME.format(Instant.now()));
    out.printf(
        Locale.ROOT,
        ";; From %s@%d(TCP) in %.1f ms%n",
        AddressText.of(one.address()),
        one.endpoint().getPort(),
        exchanged.nanos() / NANOS_PER_MILLI);
    if (checked != null) {
      out.println(";; DNSSEC " + TerminalText.of(checked));
    }
    if (!zone.isEmpty()) {
      out.println(";; Zone " + zone);
    }
    if (elsewhere != null) {
      out.println(";; The agent would not ask it: this name goes to " + elsewhere);
    }
    out.flush();
    boolean exists = ResponseFacts.of(response).rcode().equals("NOERROR");
    return exists ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void print(List<String> lines) {
    for (String line : lines) {
      spec.commandLine().getOut().println(line);
    }
  }

  private void failed(UpstreamSpec one, String reason) {
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().println("dot-agent: " + one + " " + TerminalText.of(reason));
  }
}
