package io.github.dotagent.it.chaos;

import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildLimits;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A program under the agent, four servers, and storms of faults by a seed with a calm after each.
 * Runs in a network of its own, whose port 53 is watched. For one thread.
 */
final class ChaosCourse implements AutoCloseable {
  private static final String ANSWER = "> ";
  private static final int SITES = 4;
  private static final int RATE = 200; // lookups a second: as a busy service has without hot names
  private static final int CALLERS = 16;

  /** Short, so that a lookup is late soon; longer than a silent server is waited for. */
  private static final int TIMEOUT_MILLIS = 3_000;

  /** What the agent promises: a second after the fault all is well. */
  private static final int HEALTHY_AFTER_MILLIS = 1_000;

  /** Longer than a server that failed is left alone for. */
  private static final long CALM_MILLIS = 5_000;

  private static final int LEAST_STEPS = 8;
  private static final int MORE_STEPS = 17;
  private static final int LONGEST_PAUSE_MILLIS = 1_500;

  /** Far fewer than there are names, so that the cache is full after some minutes. */
  static final int CACHED_NAMES = 2_000;

  /** The program with its cache full, twice over: less is a heap of no service. */
  private static final String HEAP = "-Xmx64m";

  /** Garbage collections leave different amounts. */
  private static final long HEAP_GROWTH = 3_000_000;

  /** No wait for a child is longer than the longest stop and a lookup. */
  private static final Duration WITHIN = Duration.ofMinutes(3);

  private static final Map<String, Integer> THREADS =
      Map.of(
          "dot-agent-reader", SITES,
          "dot-agent-writer", SITES,
          "dot-agent-settings", 1,
          "dot-agent-log", 1,
          "dot-agent-timer", 1);

  private static final Duration LEFT_WITHIN = Duration.ofSeconds(40);

  final Random random;
  final List<Site> sites = new ArrayList<>();
  final Map<Impostor, DotServer> impostors;
  final Zone right = ChaosNames.right();
  final Zone wrong = ChaosNames.wrong();
  final TestAuthority authority = TestAuthority.create(Instant.now(), 1);
  final ChaosLog log;
  final ChaosSettings settings;
  final RunningChild program;
  final Optional<ChildLimits> limits;
  private final Port53Witness witness = Port53Witness.open("127.0.0.1", 53);
  private final List<String> broken = new ArrayList<>();
  private final ChaosFaults faults;

  ChaosCourse(JavaHome java, long seed, Path folder) throws IOException {
    this.random = new Random(seed);
    this.log = new ChaosLog(folder.resolve("faults.log"));
    log.add("seed " + seed + ", " + java);
    for (int i = 1; i <= SITES; i++) {
      sites.add(new Site(i, authority, right, seed));
    }
    this.impostors =
        Impostor.start(
            authority, wrong, sites.stream().map(site -> site.name).toArray(String[]::new));
    this.settings = new ChaosSettings(folder, sites, PemFiles.certificate(authority.root()));
    settings.set("timeout", TIMEOUT_MILLIS + "ms").set("cache.maxEntries", CACHED_NAMES);
    settings.set("log.file", folder.resolve("agent.log")).write();
    this.limits = limits();
    this.program = start(java, folder);
    this.faults = new ChaosFaults(this);
  }

  private Optional<ChildLimits> limits() {
    try {
      return Optional.of(ChildLimits.none());
    } catch (IOException | RuntimeException cannot) {
      log.add("without limits of processor and threads: " + cannot);
      return Optional.empty();
    }
  }

  private RunningChild start(JavaHome java, Path folder) {
    List<String> command =
        ChildJvm.program(java, "ChaosProgram")
            .jvmArgs(
                HEAP,
                "-javaagent:" + BuiltAgent.jar() + "=" + settings.file(),
                "-Dsun.net.inetaddr.ttl=0",
                "-Dsun.net.inetaddr.negative.ttl=0",
                "-XX:ErrorFile=" + folder.resolve("hs_err.log"))
            .args(Integer.toString(TIMEOUT_MILLIS))
            .command();
    return RunningChild.withErrors(
        limits.map(limit -> limit.wrap(command)).orElse(command), WITHIN);
  }

  /** The broken promises; empty when all is well. */
  List<String> run(Duration length) throws Exception {
    ask("load " + RATE + " " + CALLERS);
    Thread.sleep(CALM_MILLIS); // a JVM that has begun
    expect("ok", ask("rest"), "rest");
    ask("forget");
    ask("flush");
    final long octets = Long.parseLong(ask("octets"));
    final int sockets = Integer.parseInt(ask("sockets"));
    log.add("at the beginning " + octets + " octets, " + sockets + " sockets");
    ask("load " + RATE + " " + CALLERS);
    long end = System.nanoTime() + length.toNanos();
    for (int storm = 1; end - System.nanoTime() > 0 && program.isAlive() && broken.isEmpty(); ) {
      storm(storm++);
      calm();
    }
    nothingIsLeft(octets, sockets);
    return broken;
  }

  private void storm(int number) throws Exception {
    log.add("storm " + number);
    settings.pin(random.nextBoolean());
    reload("ok");
    int steps = LEAST_STEPS + random.nextInt(MORE_STEPS);
    for (int i = 0; i < steps; i++) {
      faults.next();
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
    }
  }

  private void calm() throws Exception {
    faults.end();
    ask("well " + HEALTHY_AFTER_MILLIS);
    log.add("calm");
    Thread.sleep(CALM_MILLIS);
    ask("ill");
    judge();
    sites.forEach(Site::forgetQueries);
  }

  private void judge() {
    String[] figures = ask("figures").split(" ", 8);
    log.add(
        "%s lookups, %s failed, %s without memory, %s wrong, %s late, %s unwell, longest %s ms"
            .formatted((Object[]) figures));
    expect("none", figures[7], "the first of what must not be");
    expect("[]", witness.sightings().toString(), "at port 53");
    impostors.forEach(
        (kind, server) -> expect("[]", server.log().queries().toString(), "asked of " + kind));
    List<String> stderr = program.stderr();
    expect("[]", stderr.toString(), "stderr");
  }

  private void nothingIsLeft(long octets, int sockets) throws Exception {
    expect("ok", ask("rest"), "rest");
    settings.pin(false);
    reload("ok");
    await("[]", this::threadsTooMany);
    await("true", () -> "" + (Integer.parseInt(ask("sockets")) <= sockets + SITES));
    await("1", () -> ask("instances io.github.dotagent.Generation"));
    await("" + SITES, () -> ask("instances io.github.dotagent.upstream.Upstream"));
    ask("flush");
    long left = Long.parseLong(ask("octets"));
    log.add("at the end " + left + " octets, " + ask("sockets") + " sockets");
    expect("true", "" + (left < octets + HEAP_GROWTH), left + " octets, at first " + octets);
  }

  private List<String> agentThreads() {
    String all = ask("threads");
    return List.of(all.substring(1, all.length() - 1).split(", "));
  }

  /** A reader and a writer for each server, and the three that the agent always has. */
  private String threadsTooMany() {
    Map<String, Long> kinds =
        agentThreads().stream()
            .map(name -> name.replaceFirst(" .*", ""))
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    return kinds.entrySet().stream()
        .filter(kind -> kind.getValue() > THREADS.getOrDefault(kind.getKey(), 0))
        .map(Map.Entry::toString)
        .toList()
        .toString();
  }

  /** A JVM writes warnings of its own to stdout, such as of a thread that it could not start. */
  private String ask(String command) {
    program.send(command);
    String line = program.readLine();
    while (!line.startsWith(ANSWER)) {
      line = program.readLine();
    }
    return line.substring(ANSWER.length());
  }

  void fillMemory(int millis) {
    ask("fill " + millis);
  }

  /** Makes the agent read its settings now, and returns its report. */
  void reload(String begin) {
    settings.write();
    String said = ask("reload");
    expect(begin, said.substring(0, Math.min(begin.length(), said.length())), "reload: " + said);
  }

  /** Another key for a server, as a careful operator changes it. */
  void rotate(Site site) {
    ServerCertificate next = site.another();
    settings.alsoPin(site, next.pin());
    reload("ok");
    site.present(next);
    settings.pinAsPresented();
    reload("ok");
  }

  /** Sets the pin first and the key later: in between, this server's answers do not count. */
  void rotateCarelessly(Site site) throws InterruptedException {
    ServerCertificate next = site.another();
    settings.pinOnly(site, next.pin());
    reload("ok");
    site.serve(wrong);
    Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
    site.serve(right);
    site.present(next);
    settings.pinAsPresented();
    reload("ok");
  }

  private void expect(String wanted, String now, String what) {
    if (!now.equals(wanted)) {
      String line = what + ": " + now;
      log.add("BROKEN " + line);
      broken.add(line);
    }
  }

  private interface State {
    String get();
  }

  private void await(String wanted, State state) throws InterruptedException {
    long end = System.nanoTime() + LEFT_WITHIN.toNanos();
    String now = state.get();
    while (!now.equals(wanted) && end - System.nanoTime() > 0) {
      Thread.sleep(200);
      now = state.get();
    }
    expect(wanted, now, "left behind, " + wanted + " wanted; threads " + ask("threads"));
  }

  @Override
  public void close() throws IOException {
    program.close();
    limits.ifPresent(ChildLimits::close);
    for (Site site : sites) {
      site.close();
    }
    impostors.values().forEach(DotServer::close);
    witness.close();
    log.close();
  }

  /** What the agent logged, for a failure to be understood. */
  static List<String> lastOf(Path file, int lines) throws IOException {
    List<String> all = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }
}
