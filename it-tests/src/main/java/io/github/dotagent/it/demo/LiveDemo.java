package io.github.dotagent.it.demo;

import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.jvm.ChildResult;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The demo against Cloudflare, with the agent's defaults; settings may be added as {@code
 * DOTAGENT_*} variables. Needs the internet: port 853 out, and port 80 for the pages.
 */
final class LiveDemo {
  private static final List<String> PAGES =
      List.of("http://example.com/", "http://one.one.one.one/", "http://example.com/");

  private static final Pattern PRESENTED = Pattern.compile("presented (sha256/[^,) ]+)");

  private final Path folder;
  private final DemoOutput report = DemoOutput.toStdout();

  LiveDemo(Path folder) {
    this.folder = folder;
  }

  int run() {
    report.title("Which key does the server present?");
    AgentRun asking =
        AgentRun.in(folder).set("pins", SpkiPins.ofNobody()).set("pins.mode", "report");
    ChildResult first = asking.run(PAGES.subList(0, 1));
    Matcher presented = PRESENTED.matcher(String.join("\n", asking.log()));
    if (!presented.find()) {
      report.lines(first.stdout());
      report.lines(first.stderr());
      report.lines(asking.log());
      report.check(false, "no server could be reached and authenticated; is port 853 open?");
      return report.exitCode();
    }
    String pin = presented.group(1);
    report.line(pin);

    report.title("An unmodified program with -javaagent:dot-agent.jar and that pin");
    AgentRun pinned = AgentRun.in(folder).set("pins", pin);
    ChildResult result = pinned.run(PAGES);
    report.lines(result.stdout());
    report.lines(result.stderr());
    report.lines(pinned.log());
    report.check(contains(pinned.log(), "matched"), "the server's key matched the pin");
    report.check(contains(pinned.log(), "from the cache"), "the cache answered the second time");

    report.title("Again, with a pin that the server's key does not match");
    ChildResult refused = AgentRun.in(folder).set("pins", SpkiPins.ofNobody()).run(PAGES);
    report.lines(refused.stdout());
    report.check(
        refused.exitCode() != 0 && contains(refused.stdout(), "pin mismatch"),
        "the program is told that no server could be trusted");
    return report.exitCode();
  }

  private static boolean contains(List<String> lines, String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }
}
