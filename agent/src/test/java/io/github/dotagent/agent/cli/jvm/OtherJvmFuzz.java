package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What another process says of itself: its files under /proc, and where its MBeans are. */
public final class OtherJvmFuzz implements FuzzTarget {
  private final Path folder = folder();

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("fuzz");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void read(byte[] octets) throws IOException {
    FuzzInput input = new FuzzInput(octets);
    switch (input.choice(3)) {
      case 0 -> {
        write("status", input.rest());
        ProcessStatus status = ProcessStatus.read(folder);
        status.isStopped();
        status.hasEnded();
        status.process();
        status.user();
        status.innermostNumber();
        status.catchesQuit();
      }
      case 1 -> {
        write("cmdline", input.part());
        write("environ", input.part());
        write("maps", input.rest());
        LauncherOptions.switchAttachingOff(folder);
        MappedFiles.lackJvm(folder);
        byte[] arguments = Files.readAllBytes(folder.resolve("cmdline"));
        LauncherOptions.program(new String(arguments, StandardCharsets.ISO_8859_1).split("\0", -1));
      }
      default -> {
        try {
          String url = ConnectorAddress.of(input.text()).url();
          Findings.check(url.startsWith("service:jmx:rmi://127.0.0.1/stub/"), url);
        } catch (IOException refused) {
          Findings.checkIsLine(refused.getMessage());
        }
      }
    }
  }

  private void write(String file, byte[] octets) throws IOException {
    Path path = folder.resolve(file);
    Files.write(path, octets);
    path.toFile().deleteOnExit();
  }

  @Override
  public int variants() {
    return 500;
  }
}
