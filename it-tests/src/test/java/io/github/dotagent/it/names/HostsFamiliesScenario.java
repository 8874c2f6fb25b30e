package io.github.dotagent.it.names;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs in a network of its own, whose hosts file has addresses of one family, of the other, and of
 * one that looks like the other. Prints for each name and each preference what the JDK finds by
 * itself and what it finds with the agent.
 */
final class HostsFamiliesScenario {
  /** The names, and the lines of each. */
  static final Map<String, List<String>> LINES = new LinkedHashMap<>();

  static {
    LINES.put("loopback6", List.of("::1"));
    LINES.put("loopback6-long", List.of("0:0:0:0:0:0:0:1"));
    LINES.put("loopback4", List.of("127.0.0.1"));
    LINES.put("loopback-both", List.of("127.0.0.1", "::1"));
    LINES.put("loopback-both-other-way", List.of("::1", "127.0.0.1"));
    LINES.put("loopback6-and-four", List.of("::1", "192.0.2.1"));
    LINES.put("four-and-loopback6", List.of("192.0.2.1", "::1"));
    LINES.put("four", List.of("192.0.2.3"));
    LINES.put("six", List.of("2001:db8::1"));
    LINES.put("six-and-four", List.of("2001:db8::2", "192.0.2.2"));
    LINES.put("four-and-six", List.of("192.0.2.4", "2001:db8::4"));
    LINES.put("mapped", List.of("::ffff:192.0.2.7"));
    LINES.put("mapped-in-hex", List.of("::ffff:c000:207"));
    LINES.put("mapped-loopback", List.of("::ffff:127.0.0.1"));
    LINES.put("mapped-and-four", List.of("::ffff:192.0.2.8", "192.0.2.8"));
    LINES.put("mapped-and-six", List.of("::ffff:192.0.2.9", "2001:db8::9"));
    LINES.put("compatible", List.of("::192.0.2.5"));
    LINES.put("link-local", List.of("fe80::1"));
    LINES.put("unspecified4", List.of("0.0.0.0"));
    LINES.put("unspecified6", List.of("::"));
    LINES.put("block", List.of("0.0.0.0", "::"));
    LINES.put("three-octets", List.of("192.0.2"));
    LINES.put("leading-zero", List.of("192.0.2.010"));
    LINES.put("one-number", List.of("3232235777"));
    LINES.put("too-large", List.of("192.0.2.300"));
    LINES.put("not-there", List.of());
  }

  /** What programs set; Java 8 takes {@code system} for nothing. */
  static final List<List<String>> PREFERENCES =
      List.of(
          List.of(),
          List.of("-Djava.net.preferIPv4Stack=true"),
          List.of("-Djava.net.preferIPv6Addresses=true"),
          List.of("-Djava.net.preferIPv6Addresses=false"),
          List.of("-Djava.net.preferIPv6Addresses=system"),
          List.of("-Djava.net.preferIPv4Stack=true", "-Djava.net.preferIPv6Addresses=true"),
          List.of("-Djava.net.preferIPv4Stack=true", "-Djava.net.preferIPv6Addresses=system"));

  private HostsFamiliesScenario() {}

  static String hosts() {
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
    LINES.forEach(
        (name, addresses) ->
            addresses.forEach(
                address -> text.append(address).append(' ').append(fqdn(name)).append('\n')));
    return text.toString();
  }

  static String fqdn(String name) {
    return name + ".hosts.test"; // not of one label, which would be the system resolver's
  }

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    try (DotUpstream dot = DotUpstream.start(Path.of(args[2]), SampleZone.ZONE)) {
      for (List<String> preference : PREFERENCES) {
        ChildJvm program =
            ChildJvm.program(java, "LookupProgram")
                .jvmArgs(preference.toArray(String[]::new))
                .args("-");
        List<String> stock = answers(program);
        List<String> agents = answers(dot.agent().on(program));
        for (int i = 0; i < stock.size(); i++) {
          String name = LINES.keySet().toArray(String[]::new)[i];
          System.out.println(preference + " " + name + "|" + stock.get(i) + "|" + agents.get(i));
        }
      }
    }
  }

  private static List<String> answers(ChildJvm program) {
    try (RunningChild child = program.start()) {
      return LINES.keySet().stream()
          .map(name -> child.ask("allByName " + fqdn(name)))
          .map(answer -> answer.startsWith("ok java.net.UnknownHostException") ? "none" : answer)
          .map(answer -> answer.contains("UnknownHostException") ? "none" : answer)
          .toList();
    }
  }
}
