package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a made-up /proc says of a process. */
class TargetProcessTest {
  private static final long PID = 4711;

  /** As a JVM's: among others it catches SIGQUIT. */
  private static final String CAUGHT = "1000000181005ccf";

  @TempDir Path proc;

  @BeforeEach
  void ourselves() throws IOException {
    write("self", status("S", 99, "1000", CAUGHT));
    namespaces("self", "1");
  }

  @Test
  void aJvmOfTheSameUserIsAccepted() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    assertEquals(Optional.empty(), process().objection());
    assertEquals("", process().suspicion());
    assertFalse(process().isGone());
  }

  /** Its settings name files as it finds them itself. */
  @Test
  void aFileOfAProcessOfThisMachineHasTheSamePath() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    namespaces("4711", "1");
    Files.createDirectories(proc.resolve("4711/root"));
    assertEquals(Path.of("/srv/shop/ca.pem"), process().seenFromHere("/srv/shop", "ca.pem"));
    assertEquals(Path.of("/etc/ca.pem"), process().seenFromHere("/srv/shop", "/etc/ca.pem"));
  }

  @Test
  void aFileOfAContainerIsBelowItsRoot() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    namespaces("4711", "2");
    Files.createDirectories(proc.resolve("4711/root"));
    assertEquals(
        proc.resolve("4711/root/srv/shop/ca.pem"),
        process().seenFromHere("/srv/shop", "../shop/ca.pem"));
  }

  /** The working directory is a property of its, which it may set to anything. */
  @Test
  void aRelativeWorkingDirectoryStaysBelowTheRoot() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    namespaces("4711", "2");
    Path root = Files.createDirectories(proc.resolve("4711/root"));
    assertEquals(root, process().seenFromHere("shop", ".."));
    assertEquals(root, process().seenFromHere("", ""));
    assertEquals(root.resolve("shop/ca.pem"), process().seenFromHere("shop", "ca.pem"));
    assertEquals(root.resolve("ca.pem"), process().seenFromHere("..", "../../ca.pem"));
  }

  @Test
  void noSuchProcess() {
    assertEquals(
        Optional.of("there is no process 4711; jps lists this user's JVMs"), process().objection());
    assertEquals("; it has ended", process().suspicion());
    assertTrue(process().isGone());
  }

  @Test
  void aZombieProcess() throws IOException {
    write("4711", status("Z", PID, "1000", "0"));
    assertEquals("4711 has ended, and waits for its parent to collect it (a zombie)", objection());
    assertTrue(process().isGone());
  }

  @Test
  void aJvmOfAnotherUserIsRefused() throws IOException {
    write("4711", status("S", PID, "1001", CAUGHT));
    assertTrue(
        objection().matches("4711 runs as \\S+, and only that user .*: sudo -u \\S+ java -jar .*"),
        objection());
  }

  @Test
  void rootMayAttachToAJvmOfAnotherUser() throws IOException {
    write("self", status("S", 99, "0", CAUGHT));
    write("4711", status("S", PID, "1001", CAUGHT));
    assertEquals(Optional.empty(), process().objection(), "most JVMs obey root");
    assertTrue(process().suspicion().contains("; it runs as "), process().suspicion());
  }

  @Test
  void aStoppedProcessIsRefused() throws IOException {
    write("4711", status("T", PID, "1000", CAUGHT));
    assertEquals("4711 is stopped and cannot answer; kill -CONT 4711 lets it run", objection());
    assertEquals("; it is stopped: kill -CONT 4711 lets it run", process().suspicion());
  }

  /** The signal that wakes a JVM's listener would end it. */
  @Test
  void aProcessThatIsNoJvmIsNotSignalled() throws IOException {
    write("4711", status("S", PID, "1000", "0"));
    assertEquals("4711 is not a JVM; jps lists this user's JVMs", objection());
  }

  /** nginx and PostgreSQL shut down when they catch it, a program in Go ends. */
  @Test
  void otherProgramsThatCatchTheSignal() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    maps("/usr/sbin/nginx", "/usr/lib/x86_64-linux-gnu/gconv/gconv-modules.cache", "[stack]");
    assertEquals("4711 is not a JVM; jps lists this user's JVMs", objection());
  }

  @Test
  void aJvmByTheFilesInItsMemory() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    for (String file :
        new String[] {
          "/opt/jdk8/jre/lib/amd64/server/libjvm.so",
          "/opt/jdk/lib/server/libjvm.so (deleted)", // it was upgraded meanwhile
          "/opt/static-jdk/lib/modules",
        }) {
      maps("/opt/service/launcher", file);
      assertEquals(Optional.empty(), process().objection(), file);
    }
  }

  /** A process that does not tell may be a JVM. */
  @Test
  void aProcessWithoutReadableMapsMayBeAJvm() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    maps();
    assertEquals(Optional.empty(), process().objection());
  }

  /** With -Xrs it catches nothing, and listens from its start on. */
  @Test
  void aJvmThatListensWithoutBeingWoken() throws IOException {
    write("4711", status("S", PID, "1000", "0") + "NSpid:\t4711\t7\n");
    Path temporary = Files.createDirectories(proc.resolve("4711/root/tmp"));
    Files.createFile(temporary.resolve(".java_pid7"));
    assertEquals(Optional.empty(), process().objection());
  }

  @Test
  void attachingIsSwitchedOff() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    Files.writeString(proc.resolve("4711/cmdline"), "java\0-XX:+DisableAttachMechanism\0Main\0");
    Files.writeString(proc.resolve("4711/environ"), "PATH=/usr/bin\0");
    assertEquals(
        "4711 was started with -XX:+DisableAttachMechanism: the agent can be added only at its"
            + " start, with -javaagent:dot-agent.jar",
        objection());
  }

  @Test
  void aThreadIdIsRefused() throws IOException {
    write("4711", status("S", 4700, "1000", CAUGHT));
    assertEquals("4711 is a thread of the process 4700; use that number", objection());
  }

  @Test
  void thisCommandItself() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    write("self", status("S", PID, "1000", CAUGHT));
    assertEquals("4711 is this command itself; name another JVM", objection());
  }

  @Test
  void aContainerWithoutTheJarLacksIt() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    Path here = Files.createFile(proc.resolve("dot-agent.jar"));
    Files.createDirectories(proc.resolve("4711/root"));
    namespaces("4711", "2");
    assertTrue(process().lacks(here));
    assertTrue(process().hasItsOwnNetwork());

    Path there = proc.resolve("4711/root").resolve(proc.getRoot().relativize(here));
    Files.createDirectories(there.getParent());
    Files.createFile(there);
    assertFalse(process().lacks(here));
  }

  @Test
  void aProcessOfThisMachineSharesFilesAndNetwork() throws IOException {
    write("4711", status("S", PID, "1000", CAUGHT));
    namespaces("4711", "1");
    assertFalse(process().lacks(proc.resolve("dot-agent.jar")));
    assertFalse(process().hasItsOwnNetwork());
  }

  /** macOS and Windows have no /proc: the Attach API will find out. */
  @Test
  void withoutProcThereIsNoObjection() {
    TargetProcess elsewhere = new TargetProcess(proc.resolve("nowhere"), PID);
    assertEquals(Optional.empty(), elsewhere.objection());
    assertEquals("", elsewhere.suspicion());
    assertFalse(elsewhere.isGone());
    assertFalse(elsewhere.lacks(proc.resolve("dot-agent.jar")));
    assertFalse(elsewhere.hasItsOwnNetwork());
  }

  private TargetProcess process() {
    return new TargetProcess(proc, PID);
  }

  private String objection() {
    return process().objection().orElse("none");
  }

  private void write(String process, String status) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(process));
    Files.writeString(folder.resolve("status"), status);
  }

  /** As /proc shows them; proc(5). */
  private void maps(String... files) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String file : files) {
      lines.append("7f1c3a000000-7f1c3a021000 r-xp 00000000 08:01 131 ".concat(file)).append('\n');
    }
    Files.writeString(proc.resolve("4711/maps"), lines);
  }

  private void namespaces(String process, String number) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(process).resolve("ns"));
    Files.createSymbolicLink(folder.resolve("net"), Path.of("net:[" + number + "]"));
    Files.createSymbolicLink(folder.resolve("mnt"), Path.of("mnt:[" + number + "]"));
  }

  private static String status(String state, long process, String user, String caught) {
    return "State:\t%s\nTgid:\t%d\nUid:\t%s\t%s\t%s\t%s\nSigCgt:\t%s\n"
        .formatted(state, process, user, user, user, user, caught);
  }
}
