package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStatusTest {
  @TempDir Path folder;

  @Test
  void aJvmThatRunsInAContainer() throws IOException {
    ProcessStatus status =
        read(
            """
            Name:\tjava
            State:\tS (sleeping)
            Tgid:\t4711
            Uid:\t1000\t1001\t1002\t1003
            NSpid:\t4711\t7
            SigCgt:\t1000000181005ccf
            """);
    assertEquals('S', status.state());
    assertEquals("4711", status.process());
    assertEquals("1001", status.user());
    assertEquals("7", status.innermostNumber());
    assertTrue(status.catchesQuit());
    assertFalse(status.isStopped());
    assertFalse(status.hasEnded());
  }

  @Test
  void processesThatDoNotCatchSigquit() throws IOException {
    assertFalse(read("SigCgt:\t0000000000000000\n").catchesQuit());
    assertFalse(read("SigCgt:\tfffffffffffffffb\n").catchesQuit());
    assertTrue(read("SigCgt:\t0000000000000004\n").catchesQuit());
  }

  @Test
  void stoppedAndEndedProcessesAreRecognized() throws IOException {
    assertTrue(read("State:\tT (stopped)\n").isStopped());
    assertTrue(read("State:\tt (tracing stop)\n").isStopped());
    assertTrue(read("State:\tZ (zombie)\n").hasEnded());
  }

  /** An old kernel tells less; nothing speaks against the process then. */
  @Test
  void missingFieldsCountInFavorOfTheProcess() throws IOException {
    ProcessStatus status = read("Tgid:\t4711\nno field\n");
    assertEquals("4711", status.innermostNumber());
    assertEquals("", status.user());
    assertTrue(status.catchesQuit());
    assertFalse(status.isStopped());
    assertFalse(status.hasEnded());
  }

  @Test
  void withoutAFileThereIsNoProcess() {
    assertThrows(NoSuchFileException.class, () -> ProcessStatus.read(folder));
  }

  private ProcessStatus read(String text) throws IOException {
    Files.writeString(folder.resolve("status"), text);
    return ProcessStatus.read(folder);
  }
}
