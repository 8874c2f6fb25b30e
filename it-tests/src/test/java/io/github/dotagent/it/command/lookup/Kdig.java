package io.github.dotagent.it.command.lookup;

import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Knot DNS's own way to look at a DoT server. */
final class Kdig {
  static final Path BINARY = Path.of("/usr/bin/kdig");

  private Kdig() {}

  /**
   * @param trust a PEM file with the authority to trust
   * @param arguments what is asked, and more options
   */
  static ChildResult ask(int port, Path trust, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(BINARY.toString());
    command.addAll(List.of("@127.0.0.1", "-p", Integer.toString(port), "+padding"));
    command.addAll(List.of("+tls-ca=" + trust, "+tls-hostname=" + name));
    command.addAll(List.of(arguments));
    try (RunningChild kdig = RunningChild.of(command, Duration.ofSeconds(30))) {
      return kdig.await();
    }
  }

  /**
   * Without what differs from one query to the next: id, times, keepalive; and from one client to
   * the other: the TLS session, of which JSSE tells less, and blanks at a line's end.
   */
  static List<String> steady(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.matches(";; (DEBUG|WARNING|ERROR|TLS session|Time|KEEPALIVE).*"))
        .map(line -> line.replaceFirst("id: \\d+", "id: 0"))
        .map(line -> line.replaceFirst("\\) in [0-9.]+ ms", ") in 0 ms"))
        .map(line -> line.replaceFirst("(PADDING|Received):? \\d+ B", "$1 0 B"))
        .map(String::stripTrailing)
        .toList();
  }
}
