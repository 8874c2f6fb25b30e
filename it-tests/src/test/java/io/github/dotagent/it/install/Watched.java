package io.github.dotagent.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a child JVM in a network of its own, where a plain server on port 53 knows every
 * name, with a wrong address, and writes down who asks. Where the machine gives us no such network
 * the server stays out, and the other proofs stand.
 *
 * @param asked the queries to the DNS-over-TLS server, {@code NAME TYPE}
 * @param leaked the queries to the plain server
 */
record Watched(ChildResult result, List<String> asked, List<String> leaked) {
  /** Among a child's JVM arguments or in a variable: the agent with all its settings. */
  static final String AGENT = "@agent@";

  /** The settings alone. */
  static final String SETTINGS = "@settings@";

  /** The address that the DNS-over-TLS server gives to {@code *.many.example.test}. */
  static final String OVER_TLS = "192.0.2.9";

  /** The address that the plain server gives for every name, so that a leak shows. */
  static final String IN_CLEAR = "203.0.113.53";

  /** The child with the agent, as its last JVM argument. */
  static Watched runWithAgent(Path folder, ChildJvm child) {
    return run(folder, child.jvmArgs(AGENT));
  }

  static Watched run(Path folder, ChildJvm child) {
    return runAll(folder, child).get(0);
  }

  /** One after the other, between the same servers. */
  static List<Watched> runAll(Path folder, ChildJvm... children) {
    List<String> specs = new ArrayList<>();
    Duration within = Duration.ofSeconds(20); // for the servers
    for (ChildJvm child : children) {
      Path spec = folder.resolve("child-" + specs.size() + ".txt");
      ChildSpec.write(child, spec);
      specs.add(spec.toString());
      within = within.plus(child.within());
    }
    ChildJvm scenario = scenario(WatchedScenario.class, folder, specs.toArray(String[]::new));
    List<String> said = scenario.within(within).run().quiet().stdout();
    List<Watched> all = new ArrayList<>();
    for (int i = 0; i < children.length; i++) {
      String prefix = i + " ";
      all.add(
          parse(
              said.stream()
                  .filter(line -> line.startsWith(prefix))
                  .map(line -> line.substring(prefix.length()))
                  .toList()));
    }
    return all;
  }

  /** A test program in a network namespace of its own, where possible. */
  static ChildJvm scenario(Class<?> main, Path folder, String... args) {
    ChildJvm scenario =
        ChildJvm.sameClassPath(main)
            .jvmArgs("-D" + Agent.JAR_PROPERTY + "=" + Agent.jar())
            .args(folder.toString())
            .args(args);
    if (NetworkNamespace.whyUnavailable().isPresent()) {
      return scenario;
    }
    // programs like to know where they are: the machine's own name is the system's to answer
    NetworkNamespace network =
        NetworkNamespace.in(emptyFolder(folder.resolve("network")))
            .hosts("127.0.0.1 localhost " + ownName() + "\n");
    return scenario.jvmArgs("-Dit.port53=true").inside(network);
  }

  static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "";
    }
  }

  private static Path emptyFolder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private static Watched parse(List<String> lines) {
    int exitCode = Integer.parseInt(values(lines, "exit").get(0));
    Duration took = Duration.parse(values(lines, "took").get(0));
    ChildResult child = new ChildResult(exitCode, values(lines, "out"), values(lines, "err"), took);
    return new Watched(child, values(lines, "asked"), values(lines, "leaked"));
  }

  private static List<String> values(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length() + 1))
        .toList();
  }

  /**
   * Ended with exit code 0, printed exactly this, asked for these names over TLS, and for none in
   * the clear.
   */
  Watched resolved(List<String> stdout, String... names) {
    assertEquals(0, result.exitCode(), this::toString);
    assertEquals(stdout, result.stdout(), this::toString);
    return asked(names);
  }

  /** Asked for these names over TLS, and for nothing in the clear. */
  Watched asked(String... names) {
    for (String name : names) {
      assertTrue(asked.contains(name + " A"), () -> name + " was not asked for: " + this);
    }
    return notLeaked();
  }

  Watched notLeaked() {
    assertEquals(List.of(), leaked, this::toString);
    return this;
  }

  /** The program found this name over TLS alone; lookups of agents before this one do not count. */
  Watched foundOverTls(String name) {
    assertEquals(0, result.exitCode(), this::toString);
    assertTrue(result.stdout().contains("ok " + OVER_TLS), this::toString);
    assertTrue(asked.contains(name + " A"), this::toString);
    assertTrue(leaked.stream().noneMatch(question -> question.startsWith(name)), this::toString);
    return this;
  }

  /** Nothing on stderr, from the agent or the JVM. */
  Watched quiet() {
    assertEquals(List.of(), result.stderr(), this::toString);
    return this;
  }
}
