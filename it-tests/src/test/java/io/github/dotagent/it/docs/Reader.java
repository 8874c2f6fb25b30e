package io.github.dotagent.it.docs;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A user with an empty folder, who types the commands of the documentation. */
final class Reader {
  private static final String SHOP = "io/github/dotagent/it/programs/Shop.class";
  private static final Duration WITHIN = Duration.ofMinutes(2);

  /** JEP 514: a cache in one step. */
  private static final int AHEAD_OF_TIME = 25;

  private final Path folder;
  private final JavaHome java;
  private final List<CodeBlock> blocks;
  private final Set<DocumentedCommand> typed = new LinkedHashSet<>();

  private Reader(Path folder, JavaHome java, List<CodeBlock> blocks) {
    this.folder = folder;
    this.java = java;
    this.blocks = blocks;
  }

  /** Prepares the files that the documentation assumes: the jar, settings, a service. */
  static Reader in(Path folder, JavaHome java, List<CodeBlock> blocks) throws IOException {
    Files.createDirectories(folder.resolve("lib"));
    Files.createSymbolicLink(folder.resolve("dot-agent.jar"), Agent.jar());
    Files.writeString(folder.resolve("dot-agent.properties"), "log.level=info\n");
    Path docs = DocumentationIT.PROJECT.resolve("docs");
    for (String file : List.of("dotagent.jfc", "jmx-exporter.yml")) {
      Files.copy(docs.resolve(file), folder.resolve(file));
    }
    Files.copy(
        java.folder().resolve(Path.of("lib", "jfr", "default.jfc")), folder.resolve("default.jfc"));
    Files.copy(
        Path.of("target", "third-party", "jmx-exporter.jar"),
        folder.resolve("jmx_prometheus_javaagent.jar"));
    shop(folder.resolve("shop.jar"));
    Files.copy(folder.resolve("shop.jar"), folder.resolve("lib").resolve("shop.jar"));
    return new Reader(folder, java, blocks);
  }

  private static void shop(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Main-Class", "io.github.dotagent.it.programs.Shop");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(SHOP));
      Files.copy(ProgramClasses.java8().resolve(SHOP), out);
    }
  }

  /**
   * Makes the own server of docs/trial.md and its certificates, and the program that asks it.
   *
   * @return the server
   */
  RunningChild followsTheTrial() throws IOException {
    for (DocumentedCommand command : DocumentedCommand.of(blocks)) {
      boolean prepares =
          command.text().startsWith("openssl req")
              || command.text().startsWith("openssl x509 -req")
              || command.text().startsWith("echo");
      if (prepares) {
        must(type(command, 0, null));
      }
    }
    Files.writeString(folder.resolve("unbound.conf"), block("tls-service-key").text());
    Files.writeString(folder.resolve("Any.java"), block("public class Any").text());
    must(run("javac Any.java", null));
    RunningChild unbound =
        RunningChild.of(
            List.of(
                "bash",
                "-c",
                "cd '" + folder + "' && PATH=$PATH:/usr/sbin exec unbound -d -v -c unbound.conf"),
            WITHIN);
    unbound.awaitLine("start of service");
    return unbound;
  }

  private CodeBlock block(String text) {
    return blocks.stream().filter(block -> block.contains(text)).findFirst().orElseThrow();
  }

  private static void must(ChildResult result) {
    if (result.exitCode() != 0) {
      throw new AssertionError(result.toString());
    }
  }

  /**
   * Types a command.
   *
   * @param pid the value of PID
   * @param trust the authority of the servers, for all but that of docs/trial.md; may be null
   */
  ChildResult type(DocumentedCommand command, long pid, Path trust) {
    String text = command.text().replaceAll("\\s+#\\s.*", ""); // a comment may name an option
    for (Map.Entry<String, String> meant : meanings(pid).entrySet()) {
      text = text.replace(meant.getKey(), meant.getValue());
    }
    if (text.contains("--watch")) {
      text = "timeout --signal=INT --preserve-status 5 " + text + " || [ $? -eq 130 ]";
    }
    ChildResult result = run(text, trust);
    if (result.exitCode() == 0) {
      typed.add(command);
    }
    return result;
  }

  private Map<String, String> meanings(long pid) {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("agent/target/dot-agent.jar", "dot-agent.jar");
    meanings.put("/opt/dot-agent/dot-agent.jar", Agent.jar().toString());
    meanings.put("/etc/dot-agent.properties", folder.resolve("dot-agent.properties").toString());
    meanings.put("/etc/dotagent.jfc", "dotagent.jfc");
    meanings.put(" PID", " " + pid);
    return meanings;
  }

  private ChildResult run(String text, Path trust) {
    String environment =
        "cd '"
            + folder
            + "'; PATH='"
            + of(text).folder()
            + "/bin':$PATH; export DOTAGENT_TIMEOUT=30s; " // for a busy machine
            + (trust == null ? "" : "export DOTAGENT_TRUSTSTORE='" + trust + "'; ");
    try (RunningChild child = RunningChild.of(List.of("bash", "-c", environment + text), WITHIN)) {
      return child.await();
    }
  }

  /** An ahead-of-time cache is made and used by Java 25 and newer alone. */
  private JavaHome of(String text) {
    return text.contains("-XX:AOTCache") ? InstalledJdks.find(AHEAD_OF_TIME).orElse(java) : java;
  }

  boolean hasTyped(DocumentedCommand command) {
    return typed.contains(command);
  }

  /** The commands that ended with exit code 0. */
  Set<DocumentedCommand> typed() {
    return typed;
  }
}
