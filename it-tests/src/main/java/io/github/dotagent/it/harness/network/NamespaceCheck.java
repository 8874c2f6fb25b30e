package io.github.dotagent.it.harness.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tries the whole of a namespace once: a kernel may allow one part of it and forbid the next. */
final class NamespaceCheck {
  static final Optional<String> RESULT = check();
  private static final int SECONDS = 20; // it takes milliseconds; this is for a machine under load

  private NamespaceCheck() {}

  private static Optional<String> check() {
    try {
      Path folder = Files.createTempDirectory("namespace-check");
      try {
        List<String> command =
            NetworkNamespace.in(folder)
                .addresses("192.0.2.1")
                .hosts("127.0.0.1 localhost\n")
                .wrap(List.of("cmp", folder.resolve("resolv.conf").toString(), "/etc/resolv.conf"));
        return run(command);
      } finally {
        for (String file : List.of("resolv.conf", "nsswitch.conf", "hosts")) {
          Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
      }
    } catch (IOException absent) {
      return Optional.of("no network namespace: " + absent.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.of("no network namespace: interrupted while trying");
    }
  }

  private static Optional<String> run(List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      // A message at most: it fits the pipe's buffer, so waiting before reading cannot block it.
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        return Optional.of("no network namespace: unshare does not end");
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0
          ? Optional.empty()
          : Optional.of("no network namespace: " + said.strip());
    } finally {
      process.destroyForcibly();
    }
  }
}
