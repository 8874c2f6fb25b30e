package io.github.dotagent.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file that names the version of dot-agent names the build's version. */
class VersionTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** Of an image, of what {@code status} and the log say, of the files of a release. */
  private static final Pattern MENTION =
      Pattern.compile(
          "(?:dot-agent[ :-]v?|is version |started: version |\\bv)(\\d+\\.\\d+\\.\\d+)(?![\\d.])");

  @Test
  void eachMentionIsOfThisVersion() throws IOException {
    String version = inPom("pom.xml");
    for (String module : List.of("core", "agent", "it-tests")) {
      assertEquals(version, inPom(module + "/pom.xml"), module);
    }
    List<String> mentions = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Path file : files()) {
      for (MatchResult mention : MENTION.matcher(Files.readString(file)).results().toList()) {
        mentions.add(mention.group());
        if (!mention.group(1).equals(version)) {
          others.add(PROJECT.relativize(file) + " " + mention.group());
        }
      }
    }
    assertTrue(mentions.size() > 10, "they are no longer found: " + mentions);
    assertEquals(List.of(), others);
    assertTrue(Files.readString(PROJECT.resolve("CHANGELOG.md")).contains("## [" + version + "]"));
  }

  /** The first version of a pom: its own, or its parent's. */
  private static String inPom(String file) throws IOException {
    Matcher version =
        Pattern.compile("<version>(.*)</version>").matcher(Files.readString(PROJECT.resolve(file)));
    assertTrue(version.find(), file);
    return version.group(1);
  }

  /** The documentation and the examples; not the changelog, which names older ones too. */
  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(CodeBlock.files(PROJECT));
    files.add(PROJECT.resolve("RELEASING.md"));
    files.add(PROJECT.resolve("SECURITY.md"));
    try (Stream<Path> examples = Files.walk(PROJECT.resolve("examples"))) {
      examples.filter(Files::isRegularFile).forEach(files::add);
    }
    return files;
  }
}
