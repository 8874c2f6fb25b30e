package io.github.dotagent.it.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kubernetes manifests, read by Kubernetes' own client, which knows each field. */
class KubernetesExamplesIT {
  private static final Path JARS = Path.of("target", "third-party", "kubernetes");
  private static URLClassLoader client;

  @TempDir Path folder;

  @BeforeAll
  static void openClient() throws IOException {
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(JARS)) {
      for (Path jar : files.toList()) {
        jars.add(jar.toUri().toURL());
      }
    }
    client = new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  @AfterAll
  static void closeClient() throws IOException {
    client.close();
  }

  @Test
  void eachManifestHasKnownFieldsOnly() throws Exception {
    List<String> kinds = new ArrayList<>();
    for (String name : Examples.all()) {
      if (name.startsWith("kubernetes/")) {
        for (Object manifest : read(Examples.file(name))) {
          kinds.add(manifest.getClass().getSimpleName());
        }
      }
    }
    assertEquals(
        List.of(
            "V1Deployment",
            "V1Deployment",
            "V1ConfigMap",
            "V1MutatingAdmissionPolicy",
            "V1MutatingAdmissionPolicyBinding",
            "V1NetworkPolicy"),
        kinds);
  }

  /** Otherwise the test above would pass with any manifests. */
  @Test
  void anUnknownFieldIsFound() throws IOException {
    String manifest = Examples.text("kubernetes/image-volume.yaml");
    String wrong = manifest.replace("volumeMounts:", "volumeMount:");
    assertFalse(wrong.equals(manifest));
    Path file = Files.writeString(folder.resolve("wrong.yaml"), wrong);
    assertThrows(InvocationTargetException.class, () -> read(file));
  }

  /** A value that a container had before must be there afterwards. */
  @Test
  void thePolicyKeepsTheOptionsOfTheContainer() throws IOException {
    String policy = Examples.text("kubernetes/mutating-policy.yaml");
    assertTrue(
        policy.contains("\" \" + c.env.filter(e, e.name == \"JAVA_TOOL_OPTIONS\")[0].value"));
  }

  private static List<?> read(Path file) throws Exception {
    return (List<?>)
        Class.forName("io.kubernetes.client.util.Yaml", true, client)
            .getMethod("loadAll", File.class)
            .invoke(null, file.toFile());
  }
}
