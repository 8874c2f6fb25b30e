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

/** The agent that does nothing, in a jar. */
final class NoopAgentJar {
  private static final String CLASS = "io.github.dotagent.it.programs.NoopAgent";

  private NoopAgentJar() {}

  static Path write(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", CLASS);
    String entry = CLASS.replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(entry));
      Files.copy(ProgramClasses.java8().resolve(entry), out);
      out.closeEntry();
    }
    return jar;
  }
}
