package io.github.dotagent.it.chaos;

import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.server.DotServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The faults, drawn one after the other. Those of a server or its network last until its next one,
 * or the calm; those of the machine end before the next. For one thread.
 */
final class ChaosFaults {
  private static final int HUNDRED = 100;

  /** Of a hundred faults so many are a server's or its network's. */
  private static final int SITE_SHARE = 60;

  private static final int SHORTEST_STOP_MILLIS = 100;
  private static final int LONGEST_STOP_MILLIS = 20_000;

  /** Of a hundred stops so many may be that long, the others a tenth of it: the length is dear. */
  private static final int LONG_STOPS = 15;

  private static final int LONGEST_SHORTAGE_MILLIS = 3_000;

  /** A JVM without memory does nothing but collect garbage. */
  private static final int LONGEST_FULL_MILLIS = 1_000;

  private final ChaosCourse course;
  private final Random random;

  ChaosFaults(ChaosCourse course) {
    this.course = course;
    this.random = course.random;
  }

  private enum OfMachine {
    STOP,
    PROCESSOR,
    DESCRIPTORS,
    THREADS,
    MEMORY,
    ROTATED,
    ROTATED_CARELESSLY,
    SETTINGS,
    WRONG_SETTINGS,
    WRONG_TRUST
  }

  private enum OfSite {
    WEATHER,
    WEATHER_AGAIN, // the most various, so the most often
    IMPOSTOR,
    ANSWERS,
    GREETINGS,
    STOPPED,
    DROPPED,
    RESET,
    WELL
  }

  void next() throws Exception {
    if (random.nextInt(HUNDRED) < SITE_SHARE) {
      befall(course.sites.get(random.nextInt(course.sites.size())));
    } else {
      OfMachine[] kinds = OfMachine.values();
      befall(kinds[random.nextInt(kinds.length)]);
    }
  }

  private void befall(Site site) {
    OfSite[] kinds = OfSite.values();
    OfSite kind = kinds[random.nextInt(kinds.length)];
    site.recover();
    String more = "";
    switch (kind) {
      case WEATHER, WEATHER_AGAIN -> {
        Weather weather = Weather.drawn(random);
        more = weather.toString();
        site.relay.be(weather);
      }
      case IMPOSTOR -> {
        List<Impostor> all = List.of(Impostor.values());
        // without pins the last one is as good as the right one
        int among = course.settings.pinned() ? all.size() : all.size() - 1;
        Impostor impostor = all.get(random.nextInt(among));
        more = impostor.toString();
        site.relay.leadTo(course.impostors.get(impostor).port());
      }
      case ANSWERS -> more = site.answerWrongly(random);
      case GREETINGS -> more = site.greetWrongly(random);
      case STOPPED -> site.stop();
      case DROPPED -> site.drop();
      case RESET -> site.relay.reset();
      default -> site.leadHome();
    }
    course.log.add(site.name + " " + kind + " " + more);
  }

  private void befall(OfMachine kind) throws Exception {
    course.log.add(kind.toString());
    Site site = course.sites.get(random.nextInt(course.sites.size()));
    switch (kind) {
      case STOP -> stop();
      case PROCESSOR -> processor();
      case DESCRIPTORS -> descriptors();
      case THREADS -> threads();
      case MEMORY -> memory();
      case ROTATED -> course.rotate(site);
      case ROTATED_CARELESSLY -> {
        if (course.settings.pinned()) {
          course.rotateCarelessly(site);
        }
      }
      case SETTINGS -> settings();
      case WRONG_SETTINGS -> wrongSettings();
      default -> wrongTrust();
    }
    course.log.add(kind + " over");
  }

  private void stop() throws Exception {
    boolean isLong = random.nextInt(HUNDRED) < LONG_STOPS;
    int longest = isLong ? LONGEST_STOP_MILLIS : LONGEST_STOP_MILLIS / 10;
    int millis = SHORTEST_STOP_MILLIS + random.nextInt(longest - SHORTEST_STOP_MILLIS);
    String pid = Long.toString(course.program.pid());
    run("kill", "-STOP", pid);
    Thread.sleep(millis);
    run("kill", "-CONT", pid);
    course.log.add("stopped for " + millis + " ms");
  }

  private void processor() throws Exception {
    if (course.limits.isPresent()) {
      double part = 0.05 + random.nextInt(40) / 100.0;
      course.log.add("a part of a processor: " + part);
      course.limits.get().processors(part);
      Thread.sleep(random.nextInt(LONGEST_SHORTAGE_MILLIS));
      course.limits.get().processorsFree();
    }
  }

  /** As many as are open now: each further one fails. */
  private void descriptors() throws Exception {
    String pid = Long.toString(course.program.pid());
    String before =
        run("prlimit", "--pid", pid, "--nofile", "--noheadings", "--output", "SOFT,HARD")
            .strip()
            .replaceAll(" +", ":");
    String hard = before.substring(before.indexOf(':') + 1);
    run("prlimit", "--pid", pid, "--nofile=8:" + hard); // fewer than any JVM has open
    Thread.sleep(random.nextInt(LONGEST_SHORTAGE_MILLIS));
    run("prlimit", "--pid", pid, "--nofile=" + before);
  }

  private void threads() throws Exception {
    if (course.limits.isPresent()) {
      course.limits.get().threadsAsNow();
      Thread.sleep(random.nextInt(LONGEST_SHORTAGE_MILLIS));
      course.limits.get().threadsFree();
    }
  }

  private void memory() throws Exception {
    int millis = 1 + random.nextInt(LONGEST_FULL_MILLIS);
    course.fillMemory(millis);
    Thread.sleep(millis);
    Thread.sleep(500); // it is let go, and collected
  }

  /** Others, all of them right. */
  private void settings() {
    ChaosSettings settings = course.settings;
    Site site = course.sites.get(random.nextInt(course.sites.size()));
    switch (random.nextInt(7)) {
      case 0 -> {
        List<Site> some = new ArrayList<>(course.sites);
        Collections.shuffle(some, random);
        settings.use(some.subList(0, 1 + random.nextInt(some.size())));
      }
      case 1 -> settings.set("zones", "k1.chaos.example.test=" + site.upstream());
      case 2 -> settings.set("cache.maxEntries", 10 + random.nextInt(2_000));
      case 3 -> settings.set("cache.maxTtl", random.nextInt(4) + "s");
      case 4 -> settings.set("cache.prefetch", random.nextBoolean());
      case 5 -> settings.set("dnssec", random.nextBoolean() ? "ad" : null);
      default -> settings.trustAlso(PemFiles.certificate(another().root()));
    }
    course.reload("ok");
  }

  private void wrongSettings() throws InterruptedException {
    switch (random.nextInt(3)) {
      case 0 -> course.settings.write("timeout=never\n");
      case 1 -> course.settings.write("upstreams=\u0000\n");
      default -> course.settings.remove();
    }
    Thread.sleep(random.nextInt(LONGEST_SHORTAGE_MILLIS));
    course.reload("ok");
  }

  private void wrongTrust() throws InterruptedException {
    course.settings.trust(random.nextBoolean() ? "" : "-----BEGIN CERTIFICATE-----\nnone\n");
    Thread.sleep(random.nextInt(LONGEST_SHORTAGE_MILLIS));
    course.settings.trustAsAtFirst();
    course.reload("ok");
  }

  private static TestAuthority another() {
    return TestAuthority.create(Instant.now(), 9);
  }

  /** Everything works again when this returns, except connections that were open. */
  void end() {
    ChaosSettings settings = course.settings;
    settings.useAll();
    for (String key : List.of("zones", "cache.maxTtl", "cache.prefetch", "dnssec")) {
      settings.set(key, null);
    }
    settings.set("cache.maxEntries", ChaosCourse.CACHED_NAMES);
    settings.trustAsAtFirst();
    for (Site site : course.sites) {
      site.recover();
      if (isLedAstray(site)) {
        site.leadHome();
      }
    }
    course.reload("ok");
  }

  private boolean isLedAstray(Site site) {
    return course.impostors.values().stream()
        .map(DotServer::port)
        .anyMatch(port -> port == site.relay.target());
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(Map.of(List.of(command), said).toString());
    }
    return said;
  }
}
