package io.github.dotagent.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the documentation works, typed as it stands there. */
class DocumentationIT {
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** Commands that build the project, are its own test, or measure for minutes. */
  private static final Set<String> OF_THE_BUILD = Set.of("./demo", "bench", "bench()", "cd", "mvn");

  private static final String BENCHMARKS = "io.github.dotagent.it.bench.";

  /** PicturesTest draws them. */
  private static final String PICTURES = "io.github.dotagent.it.pictures.";

  /** Of a checkout that the user has. */
  private static final String OPENJDK = "io.github.dotagent.it.openjdk.";

  @TempDir Path folder;

  /**
   * A text with brackets is a synopsis; a text with a prompt is run by another test. So is what
   * observes, by ObserveIT: this network has no system resolver that could answer the program.
   */
  static boolean isRun(DocumentedCommand command) {
    return !command.text().matches(".*\\[[A-Z].*")
        && !command.text().matches(".*\\[-.*")
        && !OF_THE_BUILD.contains(command.program())
        && !command.text().contains("mode=observe")
        && (!command.text().contains("-XX:AOTCache") || InstalledJdks.find(25).isPresent())
        && !command.text().contains(PICTURES)
        && !command.text().contains(OPENJDK)
        && !command.text().contains(BENCHMARKS);
  }

  /** The programs whose commands the documentation uses. */
  private static void assumePrograms() {
    for (String needed : List.of("/usr/sbin/unbound", "/usr/bin/kdig", "/usr/bin/openssl")) {
      if (!Files.isExecutable(Path.of(needed))) {
        System.out.println("DocumentationIT skipped: there is no " + needed);
        Assumptions.assumeTrue(false, "there is no " + needed);
      }
    }
  }

  @Test
  void eachCommandEndsWell() {
    InNamespace.assumePossible(DocumentationIT.class);
    assumePrograms();
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network"))
            .addresses("1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001");
    List<String> said =
        InNamespace.run(DocumentationScenario.class, network, JavaHome.current(), folder);
    List<String> wrong = said.stream().filter(line -> !line.startsWith("ok ")).toList();
    assertEquals(List.of(), wrong, String.join("\n", said));

    Set<String> run =
        said.stream().map(line -> line.substring("ok ".length())).collect(Collectors.toSet());
    Set<String> documented =
        DocumentedCommand.of(CodeBlock.ofDocumentation(PROJECT)).stream()
            .filter(DocumentationIT::isRun)
            .map(DocumentedCommand::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(documented.size() > 20, "they are no longer found: " + documented);
    documented.removeAll(run);
    assertEquals(Set.of(), documented, "documented, and not run");
  }
}
