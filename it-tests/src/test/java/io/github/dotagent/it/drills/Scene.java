package io.github.dotagent.it.drills;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.TextFile;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.install.ThirdParty;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A service with the agent, two servers that it asks, and the operator in front of it. In a network
 * of its own, where the servers have the addresses and the port that real ones have. For one
 * thread.
 */
final class Scene implements AutoCloseable {
  static final String FIRST = "192.0.2.53";
  static final String SECOND = "192.0.2.54";
  static final String NAME = DotUpstream.NAME;

  private static final int PORT = 853; // RFC 7858 §3.1
  private static final int EXPORTER_PORT = 9404; // as in docs/watching.md

  /** Any state is there within seconds; this is for a machine that is held to half a core. */
  private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(120);

  private static final long BETWEEN_MILLIS = 100;

  /** For the doctor, where all of its checks are to come to their end on a busy machine. */
  private static final String PATIENCE = "60s";

  private static final String HELD = "held.shop.test";

  /** So that one server is always the nearer one, also on a machine that is busy. */
  private static final Duration SLOWLY = Duration.ofMillis(150);

  private static final Zone ZONE =
      Zone.builder()
          .soa("example.com", 300, 300)
          .addresses("example.com", 300, "192.0.2.1")
          .addresses("*.shop.test", 300, "192.0.2.9")
          .build();

  final TestAuthority authority = TestAuthority.withIntermediate(Instant.now(), 1);
  final ServerCertificate certificate = authority.issue(CertificateSpec.forNames(NAME));
  final Path folder;
  final Transcript transcript;

  private final JavaHome java;
  private final Map<String, DotServer> servers = new LinkedHashMap<>();
  private final Map<String, DeafPort> dropping = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Agent agent;
  private String logFile; // null: stderr
  private boolean isSilent; // a server says nothing, and each look waits for the whole timeout
  private RunningChild service;
  private int logged; // lines that were shown
  private int names; // that were looked up

  Scene(JavaHome java, Path folder) throws IOException {
    this.java = java;
    this.folder = Files.createDirectories(folder);
    Path trust = authority.writeTrustStores(folder).pem();
    agent =
        Agent.bare()
            .set("upstreams", upstream(SECOND) + "," + upstream(FIRST))
            .set("trustStore", trust.toString())
            .set("timeout", "10s");
    transcript = new Transcript();
    transcript.calls(folder.toString(), "/etc/dot-agent");
    transcript.calls(Agent.jar().toString(), "JAR");
    transcript.calls(certificate.pin(), "sha256/KEY");
    transcript.calls(authority.issuerPin(), "sha256/ISSUER");
    transcript.calls(authority.rootPin(), "sha256/ROOT");
    for (String address : List.of(FIRST, SECOND)) {
      listen(address);
    }
  }

  static String upstream(String address) {
    return address + "@" + PORT + "#" + NAME;
  }

  DotServer server(String address) {
    return servers.get(address);
  }

  /** A server that was stopped, or never was there, listens. */
  void listen(String address) {
    isSilent = false;
    DeafPort deaf = dropping.remove(address);
    if (deaf != null) {
      deaf.close();
    }
    servers.put(
        address, DotServer.start(DotServerOptions.of(ZONE, certificate).on(address).port(PORT)));
    if (address.equals(SECOND)) {
      server(SECOND).faults().slow(name -> true, SLOWLY);
    }
  }

  /** It listens no more, and its connections end. */
  void stop(String address) {
    servers.get(address).close();
  }

  /** What goes to it is dropped. */
  void drop(String address) {
    isSilent = true;
    stop(address);
    dropping.put(address, DeafPort.at(address));
  }

  /** It takes queries and answers none. */
  void silence(String address) {
    isSilent = true;
    server(address).faults().slow(name -> false, Duration.ZERO);
    server(address).faults().onEveryAnswer(AnswerFault.Kind.HANG);
  }

  /** It shows another certificate from now on. */
  void present(String address, ServerCertificate other) {
    servers.get(address).present(other);
    servers.get(address).dropConnections();
  }

  void set(String key, String value) {
    agent = agent.set(key, value);
  }

  /** The service begins, with the settings that there are now. */
  void start() {
    logged = 0;
    service =
        agent
            .uncachedOn(ChildJvm.program(java, "LookupProgram"))
            .jvmArgs(
                "-Djava.net.preferIPv4Stack=true",
                "-javaagent:"
                    + ThirdParty.jar("jmx-exporter")
                    + "=127.0.0.1:"
                    + EXPORTER_PORT
                    + ":"
                    + Path.of("..", "docs", "jmx-exporter.yml").toAbsolutePath().normalize())
            .args("-")
            .start();
  }

  /** The service ends. */
  void end() {
    service.finish();
    service.close();
  }

  /** Everything works, and both servers have answered. The alarms begin here. */
  void startWell() {
    start();
    bothAnswer();
    transcript.figures(figures());
    logged = log().size();
  }

  /** The one that is named first is held, so the other is asked too; and is the faster one then. */
  private void bothAnswer() {
    do { // more than once where the lookup was over before the other was connected
      server(SECOND).faults().hold(HELD);
      lookUp(HELD);
      server(SECOND).faults().release(HELD);
      awaitAll("in use");
    } while (!haveAnswered());
  }

  /** Their round trips are known. */
  private boolean haveAnswered() {
    return figures().stream()
            .filter(line -> line.startsWith("dotagent_upstream_round_trip_seconds{"))
            .filter(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))) > 0)
            .count()
        == servers.size();
  }

  /**
   * Looks names up until one fails for what the servers did: on a busy machine the time of a lookup
   * may be over before that of the servers.
   */
  void awaitReason(String reason) {
    until(reason, () -> lookUp().contains(" " + reason));
  }

  /** The same service with other settings; earlier log lines no longer count. */
  void startAgain() {
    start();
    bothAnswer();
  }

  /** Into a file of the folder instead of stderr. */
  void logsInto(String file) {
    logFile = file;
    set("log.file", folder.resolve(file).toString());
  }

  /** The present lines of the file no longer count. */
  void logBeginsAnew() {
    logged = 0;
  }

  /** A name that was not looked up before. */
  String lookUp() {
    return service.ask("byName name-" + names++ + ".shop.test");
  }

  String lookUp(String name) {
    return service.ask("byName " + name);
  }

  /** Looks names up until both servers are in the state. */
  void awaitAll(String state) {
    await(FIRST, state);
    await(SECOND, state);
  }

  void await(String address, String state) {
    String series =
        "dotagent_upstream_state{state=\"" + state + "\",upstream=\"" + upstream(address) + "\",}";
    String other =
        "dotagent_upstream_state{state=\"" + state + "\",upstream=\"" + upstream(address) + "\"}";
    until(
        address + " " + state,
        () ->
            figures().stream().anyMatch(line -> line.startsWith(series) || line.startsWith(other)));
  }

  /** Looks names up until the log has a line with the text. */
  void awaitLog(String text) {
    until(text, () -> log().stream().skip(logged).anyMatch(line -> line.contains(text)));
  }

  /** Waits until the agent has taken its files over. */
  void awaitInForce() {
    until(
        "settings in force",
        () ->
            figures().stream()
                .anyMatch(line -> line.matches("dotagent_settings_in_force(\\{})? 1\\.0")));
  }

  void until(String what, BooleanSupplier state) {
    long end = System.nanoTime() + WITHIN_NANOS;
    while (!state.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "never: " + what + "\n" + String.join("\n", log()) + "\n" + figures());
      }
      lookUp();
      rest();
    }
  }

  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  /** The lines of the agent, whether they went to stderr or to the file. */
  List<String> log() {
    List<String> lines = new ArrayList<>();
    for (String line : logFile == null ? service.stderr() : read(logFile)) {
      if (line.contains(" dot-agent ")) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** Records what the operator reads and types now. */
  void look(String what) {
    look(what, false);
  }

  /**
   * @param whole with what the doctor says of what is well
   */
  void look(String what, boolean whole) {
    List<String> begin = figures();
    lookUp(); // the service goes on while an operator looks: what the alarms make of a state
    transcript.step(what);
    List<String> log = log();
    transcript.log(log.subList(logged, log.size()));
    logged = log.size();
    transcript.status(
        new Tool(java).command("status", Long.toString(service.pid())).run().stdout());
    Agent asked = isSilent ? agent : agent.set("timeout", PATIENCE);
    transcript.doctor(
        new Tool(java)
            .command("doctor")
            .jvmArgs(asked.settingArgs().toArray(String[]::new))
            .jvmArgs(ChildJvm.STARTS_OTHERS)
            .environment("HOSTNAME", "shop")
            .run()
            .stdout(),
        whole);
    lookUp();
    transcript.figures(begin, figures());
  }

  /** The result of a scrape, once it has the agent. */
  List<String> figures() {
    URI page = URI.create("http://127.0.0.1:" + EXPORTER_PORT + "/metrics");
    long end = System.nanoTime() + WITHIN_NANOS;
    while (System.nanoTime() - end < 0) {
      List<String> lines = scraped(page);
      if (lines.stream().anyMatch(line -> line.startsWith("dotagent_lookups_total"))) {
        return lines;
      }
      rest();
    }
    throw new AssertionError("the exporter never shows the agent");
  }

  private List<String> scraped(URI page) {
    try {
      HttpRequest request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(30)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("dotagent_"))
          .toList();
    } catch (IOException notYetThere) {
      return List.of();
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  private List<String> read(String file) {
    return TextFile.linesOf(folder.resolve(file));
  }

  @Override
  public void close() {
    if (service != null) {
      service.close();
    }
    servers.values().forEach(DotServer::close);
    dropping.values().forEach(DeafPort::close);
  }
}
