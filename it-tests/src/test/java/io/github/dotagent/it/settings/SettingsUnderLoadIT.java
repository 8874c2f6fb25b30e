package io.github.dotagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A thousand lookups a second, and again and again other settings: none fails, and none is answered
 * by a server that neither the settings of its beginning nor those of its end name.
 */
@Isolated("makes load")
class SettingsUnderLoadIT {
  /** Twice each kind. */
  private static final int SOME = 20;

  private static final int MANY = 100;
  private static final int SERVERS = 4;
  private static final int KINDS = 10;

  /** Of these there is one for each generation, each server and each loader. */
  private static final List<String> ONE_EACH =
      List.of(
          "io.github.dotagent.Generation",
          "io.github.dotagent.upstream.Upstream",
          "io.github.dotagent.agent.IsolatedLoader");

  /**
   * Of these there is one for each generation, or one for each connection. One of an earlier
   * generation may live on for a while, as long as there are never more after more changes.
   */
  private static final List<String> FEW_OF_EACH =
      List.of(
          "io.github.dotagent.resolver.PolicyResolver",
          "io.github.dotagent.upstream.ZonedUpstreams",
          "io.github.dotagent.upstream.UpstreamPool",
          "io.github.dotagent.dot.ConnectionPool",
          "io.github.dotagent.dot.DotConnection",
          "io.github.dotagent.tls.TlsConnector",
          "sun.security.ssl.SSLSocketImpl");

  /** One for each server; 20 changes of a leak would leave more. */
  private static final int FEW = SERVERS;

  /** A thread keeps one of its own for its next read (sun.nio.ch.Util), and some live on. */
  private static final int FEW_BUFFERS = 8;

  /** A second on an idle machine; those that are left end with their last query. */
  private static final Duration WITHIN = Duration.ofMinutes(1);

  @TempDir Path folder;
  private RunningChild program;
  private ManyServers servers;
  private ChangingSettings settings;
  private Path trust;
  private Set<Integer> upstreams = Set.of(1, 2);
  private Integer ofZone; // the server for the zone of the new names; null: no zone
  private boolean pinned; // to each server's own key

  @EachJava(few = true)
  void twentyTimes(JavaHome java) throws Exception {
    noLookupFailsAndNothingIsLeftBehind(java, SOME);
  }

  @Tag("wide")
  @EachJava(every = true)
  void aHundredTimes(JavaHome java) throws Exception {
    noLookupFailsAndNothingIsLeftBehind(java, MANY);
  }

  private void noLookupFailsAndNothingIsLeftBehind(JavaHome java, int changes) throws Exception {
    trust = folder.resolve("ca.pem");
    settings = new ChangingSettings(folder.resolve("agent.properties"));
    Files.writeString(folder.resolve("hosts"), "192.0.2.77 of.hosts.example\n");
    try (ManyServers started = new ManyServers(SERVERS)) {
      servers = started;
      trusts(servers.authority);
      settings.set("trustStore", trust).set("timeout", "30s").set("log.level", "warn");
      setUpstreams(Set.of(1));
      settings.write();
      try (RunningChild child = settings.on(ChildJvm.program(java, "SettingsUnderLoad")).start()) {
        program = child;
        underLoad(changes);
      }
    }
  }

  private void underLoad(int changes) throws Exception {
    assertEquals("1", program.ask("once first.many.example.test"));
    awaitBeans();
    final String sockets = program.ask("sockets");
    final long buffers = Long.parseLong(program.ask("buffers"));
    names();
    program.ask("load 1000 16");
    for (int i = 0; i < changes; i++) {
      change(i);
    }
    program.ask("rest");
    String[] figures = program.ask("figures").split(" ", 4);
    assertEquals("0 0 none", figures[1] + " " + figures[2] + " " + figures[3]);
    assertTrue(Long.parseLong(figures[0]) > changes, figures[0] + " lookups");

    // as at the beginning
    settings
        .set("pins", null)
        .set("zones", null)
        .set("dnssec", null)
        .set("log.file", null)
        .set("log.level", "warn");
    ofZone = null;
    setUpstreams(Set.of(1));
    holds();
    assertEquals("1", program.ask("once last.many.example.test"));
    await("[dot-agent-reader 1, dot-agent-settings, dot-agent-writer 1]", this::threads);
    for (String type : ONE_EACH) {
      await(type + " 1", () -> type + " " + program.ask("instances " + type));
    }
    for (String type : FEW_OF_EACH) {
      await(type + " few", () -> type + " " + few(program.ask("instances " + type)));
    }
    await(sockets, () -> program.ask("sockets"));
    int logs = Integer.parseInt(program.ask("open " + folder.resolve("log"))); // log0 and log1
    assertTrue(logs <= 1, logs + " files are open, and one until the next line");
    await("few", () -> buffersSince(buffers));
  }

  private static String few(String instances) {
    return Long.parseLong(instances) <= FEW ? "few" : instances;
  }

  private String buffersSince(long before) {
    long more = Long.parseLong(program.ask("buffers")) - before;
    return more <= FEW_BUFFERS ? "few" : more + " more buffers";
  }

  /** Of the i-th kind, with the values of its turn. */
  private void change(int i) throws Exception {
    int turn = i / KINDS;
    switch (i % KINDS) {
      case 0 -> setUpstreams(Set.of(turn % SERVERS + 1, (turn + 1) % SERVERS + 1));
      case 1 -> {
        pinned = turn % 2 == 0;
        setPins(List.of());
      }
      case 2 -> {
        ofZone = turn % 3 == 2 ? null : turn % SERVERS + 1;
        settings.set(
            "zones",
            ofZone == null
                ? turn % 2 == 0 ? "corp.example=system" : null
                : "many.example.test=" + servers.upstream(ofZone));
      }
      case 3 -> settings.set("cache.maxEntries", 10 + turn * 1000).set("cache.maxTtl", turn + "s");
      case 4 -> settings.set("system.suffixes", turn % 2 == 0 ? "+corp.example" : null);
      case 5 -> settings.set("hosts", turn % 2 == 0 ? folder.resolve("hosts") : "off");
      case 6 ->
          settings
              .set("log.level", turn % 2 == 0 ? "info" : "debug")
              .set("log.file", turn % 3 == 2 ? null : folder.resolve("log" + turn % 3));
      case 7 -> {
        int rotated = turn % SERVERS + 1;
        ServerCertificate next = servers.anotherKey(rotated);
        setPins(List.of(next.pin()));
        holds();
        servers.present(rotated, next);
        setPins(List.of());
      }
      case 8 ->
          settings
              .set("timeout", turn % 2 == 0 ? "20s" : "30s")
              .set("ecs", turn % 2 == 0 ? "server" : null)
              .set("dnssec", turn % 3 == 0 ? "ad" : null);
      default ->
          trusts(
              turn % 2 == 0
                  ? new TestAuthority[] {servers.authority, TestAuthority.create(Instant.now(), 9)}
                  : new TestAuthority[] {servers.authority});
    }
    holds();
  }

  private void setUpstreams(Set<Integer> numbers) {
    upstreams = new TreeSet<>(numbers);
    settings.set(
        "upstreams", upstreams.stream().map(servers::upstream).collect(Collectors.joining(",")));
  }

  private void setPins(List<String> more) {
    Stream<String> own = IntStream.rangeClosed(1, SERVERS).mapToObj(servers::pin);
    settings.set(
        "pins", pinned ? Stream.concat(own, more.stream()).collect(Collectors.joining(",")) : null);
  }

  private void trusts(TestAuthority... authorities) {
    ChangingSettings.replace(
        trust,
        Stream.of(authorities)
            .map(authority -> PemFiles.certificate(authority.root()))
            .collect(Collectors.joining()));
  }

  private Set<Integer> named() {
    return ofZone == null ? upstreams : Set.of(ofZone);
  }

  private Set<Integer> before = Set.of();

  private void names() {
    before = named();
    program.ask("from " + texts(before));
  }

  /** The new settings hold when this returns. */
  private void holds() {
    Set<Integer> both = new TreeSet<>(before);
    both.addAll(named());
    program.ask("from " + texts(both));
    settings.write();
    String said = program.ask("reload");
    assertTrue(said.startsWith("ok "), said + "\n" + settings.text());
    names();
  }

  private static String texts(Set<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** They are there some time after the first lookup. */
  private void awaitBeans() throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    String said = program.ask("reload");
    while (!said.startsWith("ok ")) {
      assertTrue(System.nanoTime() < end, said);
      Thread.sleep(100);
      said = program.ask("reload");
    }
  }

  private interface State {
    String get();
  }

  private String threads() {
    String all = program.ask("threads");
    return Stream.of(all.substring(1, all.length() - 1).split(", "))
        .filter(name -> name.matches("dot-agent-(reader|writer|settings|dnssec).*"))
        .map(name -> name.replaceFirst(" .*#dns(\\d)\\.example$", " $1"))
        .sorted()
        .toList()
        .toString();
  }

  private static void await(String wanted, State state) throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    String now = state.get();
    while (!now.equals(wanted)) {
      assertTrue(System.nanoTime() < end, "still " + now + ", not " + wanted);
      Thread.sleep(200);
      now = state.get();
    }
  }
}
