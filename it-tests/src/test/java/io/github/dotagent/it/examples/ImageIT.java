package io.github.dotagent.it.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.dotagent.it.Agent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image of the release, which {@code mvn -Prelease} makes. */
@Tag("release")
class ImageIT {
  private static final Path ARCHIVE =
      Path.of("..", "agent", "target", "dot-agent-" + System.getProperty("it.version") + ".oci.tar")
          .toAbsolutePath();

  /** Jib fixes the creation time of each file, in a header that GNU's tar does not know. */
  private static final String QUIET = "--warning=no-unknown-keyword";

  @TempDir Path folder;

  @BeforeEach
  void unpack() throws Exception {
    boolean ofThisBuild =
        Files.exists(ARCHIVE)
            && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(Agent.jar()))
                >= 0;
    assumeTrue(ofThisBuild, "no image of this jar: it is made with -Prelease");
    Examples.run(folder, "tar", QUIET, "-xf", ARCHIVE.toString());
  }

  @Test
  void hasTheJarAndItsLicencesAlone() throws Exception {
    JsonObject layer = manifest().getAsJsonArray("layers").get(0).getAsJsonObject();
    assertEquals(1, manifest().getAsJsonArray("layers").size());
    Path tar = blob(layer);
    assertEquals(
        List.of("LICENSE", "THIRD-PARTY", "dot-agent.jar"),
        Examples.run(folder, "tar", QUIET, "-tzf", tar.toString()).lines().sorted().toList());
    Examples.run(folder, "tar", QUIET, "-xzf", tar.toString());
    assertArrayEquals(
        Files.readAllBytes(Agent.jar()), Files.readAllBytes(folder.resolve("dot-agent.jar")));
  }

  /** Of a file that another user has to read, and of nothing to run. */
  @Test
  void itsFilesAreReadableByAllAndItHasNoUser() throws Exception {
    Path tar = blob(manifest().getAsJsonArray("layers").get(0).getAsJsonObject());
    for (String line :
        Examples.run(folder, "tar", QUIET, "-tvzf", tar.toString()).lines().toList()) {
      assertTrue(line.startsWith("-rw-r--r-- 0/0 "), line);
    }
    JsonObject config = read(blob(manifest().getAsJsonObject("config")));
    assertEquals("65534", config.getAsJsonObject("config").get("User").getAsString());
    assertEquals("linux", config.get("os").getAsString());
    assertEquals(
        System.getProperty("it.version"),
        config
            .getAsJsonObject("config")
            .getAsJsonObject("Labels")
            .get("org.opencontainers.image.version")
            .getAsString());
  }

  private JsonObject manifest() throws IOException {
    JsonObject index = read(folder.resolve("index.json"));
    return read(blob(index.getAsJsonArray("manifests").get(0).getAsJsonObject()));
  }

  private Path blob(JsonObject descriptor) {
    String digest = descriptor.get("digest").getAsString();
    return folder.resolve("blobs").resolve(digest.replace(':', '/'));
  }

  private static JsonObject read(Path json) throws IOException {
    return new Gson().fromJson(Files.readString(json), JsonObject.class);
  }
}
