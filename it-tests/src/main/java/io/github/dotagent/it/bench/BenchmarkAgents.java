package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.ProgramClasses;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars of the agents that benchmarks need beside dot-agent. */
final class BenchmarkAgents {
  private static final String PROGRAMS = "io.github.dotagent.it.programs.";

  private BenchmarkAgents() {}

  /** The agent that does nothing. */
  static Path noop(Path jar) throws IOException {
    String agent = PROGRAMS + "NoopAgent";
    return write(jar, agent, manifest(agent));
  }

  /** {@link CountingAgent}, which is on the class path, and the tally for the bootstrap loader. */
  static Path counting(Path jar) throws IOException {
    Manifest manifest = manifest(CountingAgent.class.getName());
    manifest.getMainAttributes().putValue("Boot-Class-Path", jar.getFileName().toString());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    return write(jar, PROGRAMS + "Tally", manifest);
  }

  private static Manifest manifest(String agent) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", agent);
    return manifest;
  }

  private static Path write(Path jar, String program, Manifest manifest) throws IOException {
    String entry = program.replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(entry));
      Files.copy(ProgramClasses.java8().resolve(entry), out);
      out.closeEntry();
    }
    return jar;
  }
}
