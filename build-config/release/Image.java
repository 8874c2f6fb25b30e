import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the image, as an archive in the layout of OCI: the jar and its licences on nothing at all,
 * to be mounted as a volume. The same files give the same octets: no file has a time of its own, and
 * the image has the day of the release.
 *
 * <pre>Image FILE JAR VERSION CREATED PROJECT</pre>
 */
public final class Image {
  private Image() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]).toAbsolutePath();
    Path jar = Path.of(arguments[1]);
    String version = arguments[2];
    Path project = Path.of(arguments[4]);
    FileEntriesLayer files =
        FileEntriesLayer.builder()
            .setName("dot-agent")
            .addEntry(jar, AbsoluteUnixPath.get("/dot-agent.jar"))
            .addEntry(project.resolve("LICENSE"), AbsoluteUnixPath.get("/LICENSE"))
            .addEntry(
                project.resolve("build-config/THIRD-PARTY"), AbsoluteUnixPath.get("/THIRD-PARTY"))
            .build();
    // Jib's own defaults are folders of the user's home
    Path cache = file.resolveSibling("jib");
    // of no user of the machine: nothing in it is to be run
    Jib.fromScratch()
        .setFormat(ImageFormat.OCI)
        .setCreationTime(Instant.parse(arguments[3]))
        .setUser("65534")
        .setLabels(
            new TreeMap<>(Map.of( // in one order
                "org.opencontainers.image.title", "dot-agent",
                "org.opencontainers.image.version", version,
                "org.opencontainers.image.licenses", "Apache-2.0",
                "org.opencontainers.image.source", "https://github.com/dotagent/dot-agent")))
        .setFileEntriesLayers(List.of(files))
        .containerize(
            Containerizer.to(
                    TarImage.at(file).named("dot-agent:" + version))
                .setBaseImageLayersCache(cache)
                .setApplicationLayersCache(cache)
                .setOfflineMode(true)
                .setToolName("dot-agent")
                .setToolVersion(version));
  }
}
