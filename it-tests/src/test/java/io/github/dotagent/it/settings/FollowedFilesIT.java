package io.github.dotagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;

/** The files of the settings change under a program that runs. */
class FollowedFilesIT {
  /** Two seconds on an idle machine. */
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private static final String KEPT = "; the previous settings stay in force";

  @TempDir Path folder;
  private int names;

  /** As a pod's ConfigMap is mounted, and replaced: a link to a folder that is another one. */
  @EachJava(one = true)
  void asKubernetesDoesIt(JavaHome java) throws Exception {
    try (ManyServers servers = new ManyServers(2)) {
      Path mounted = folder.resolve("agent.properties");
      Path trust = folder.resolve("ca.pem");
      ChangingSettings settings = new ChangingSettings(mounted);
      settings.set("timeout", "30s").set("trustStore", trust);
      publish("..1", settings.set("upstreams", servers.upstream(1)).text(), servers.authority);
      Files.createSymbolicLink(mounted, Path.of("..data", "agent.properties"));
      Files.createSymbolicLink(trust, Path.of("..data", "ca.pem"));
      try (RunningChild program = start(java, settings)) {
        assertEquals("1", newName(program));
        final String pid = Long.toString(program.pid());

        publish("..2", settings.set("upstreams", servers.upstream(2)).text(), servers.authority);
        await(program, "2"::equals);

        // both at once, and both are wrong: an authority that is not the server's, and a slip
        publish("..3", settings.text() + "timeuot=5s\n", TestAuthority.create(Instant.now(), 7));
        String wrong =
            "timeuot=5s (file "
                + mounted
                + "): there is no such setting; did you mean timeout?"
                + KEPT;
        awaitLine(program, wrong);
        assertEquals("2", newName(program));
        Tool tool = Tool.ofTheBuild();
        assertEquals("settings of " + pid + ": " + wrong, tool.refuses(1, "reload", pid));
        List<String> status = tool.does("status", pid);
        assertTrue(
            status.stream().anyMatch(line -> line.contains("NOT IN FORCE: timeuot=5s")),
            status.toString());

        publish("..4", settings.set("timeout", "20s").text(), servers.authority);
        awaitChanges(program, "timeout=20s, before 30s");
        assertEquals(List.of("no setting has changed"), tool.does("reload", pid));
        assertEquals("2", newName(program));
        List<String> said = program.finish().stderr();
        assertEquals(1, said.stream().filter(line -> line.endsWith(wrong)).count(), "once " + said);
      }
    }
  }

  /** Connections that are open included. */
  @EachJava
  void aKeyThatIsNotWantedAnyMoreIsLeftAtOnce(JavaHome java) throws Exception {
    try (ManyServers servers = new ManyServers(1)) {
      Path trust = folder.resolve("ca.pem");
      Files.writeString(trust, PemFiles.certificate(servers.authority.root()));
      ChangingSettings settings = new ChangingSettings(folder.resolve("agent.properties"));
      settings
          .set("upstreams", servers.upstream(1))
          .set("trustStore", trust)
          .set("timeout", "30s")
          .set("pins", servers.pin(1))
          .write();
      try (RunningChild program = start(java, settings)) {
        assertEquals("1", newName(program));
        settings.set("pins", SpkiPins.ofNobody()).write();
        await(program, answer -> answer.contains(" pin mismatch (presented " + servers.pin(1)));
        settings.set("pins", servers.pin(1)).write();
        await(program, "1"::equals);

        // and so for authorities
        TestAuthority other = TestAuthority.create(Instant.now(), 7);
        ChangingSettings.replace(trust, PemFiles.certificate(other.root()));
        await(program, answer -> answer.contains("unknown authority"));
        ChangingSettings.replace(trust, PemFiles.certificate(servers.authority.root()));
        await(program, "1"::equals);

        Files.delete(trust);
        awaitLine(program, "there is no file " + trust + " any more" + KEPT);
        assertEquals("1", newName(program));
      }
    }
  }

  private static RunningChild start(JavaHome java, ChangingSettings settings) {
    return settings.on(ChildJvm.program(java, "SettingsUnderLoad")).start();
  }

  private String newName(RunningChild program) {
    return program.ask("once n" + names++ + ".many.example.test");
  }

  /** Asks for one new name after the other. */
  private void await(RunningChild program, Predicate<String> wanted) throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    String answer = newName(program);
    while (!wanted.test(answer)) {
      assertTrue(System.nanoTime() < end, "still " + answer + " " + program.stderr());
      Thread.sleep(100);
      answer = newName(program);
    }
  }

  private static void awaitLine(RunningChild program, String wanted) throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    while (program.stderr().stream().noneMatch(line -> line.endsWith(wanted))) {
      assertTrue(System.nanoTime() < end, wanted + " in " + program.stderr());
      Thread.sleep(100);
    }
  }

  /** One of two looks says what has changed: the agent's own, or the one asked for here. */
  private static void awaitChanges(RunningChild program, String wanted)
      throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    String said = program.ask("reload");
    while (!said.contains(wanted) && !said.equals("ok no setting has changed;")) {
      assertTrue(System.nanoTime() < end, said);
      Thread.sleep(100);
      said = program.ask("reload");
    }
  }

  private void publish(String version, String settings, TestAuthority trusted) {
    try {
      Path data = Files.createDirectory(folder.resolve(version));
      Files.writeString(data.resolve("agent.properties"), settings);
      Files.writeString(data.resolve("ca.pem"), PemFiles.certificate(trusted.root()));
      Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(version));
      Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
