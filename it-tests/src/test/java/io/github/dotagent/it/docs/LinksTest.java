package io.github.dotagent.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link within the documentation leads to a file and, where it names one, to a heading. */
class LinksTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @Test
  void eachLinkLeadsSomewhere() throws IOException {
    List<String> links = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    List<Path> files = new ArrayList<>(CodeBlock.files(PROJECT));
    for (String file :
        List.of("SECURITY.md", "RELEASING.md", "CHANGELOG.md", "examples/README.md")) {
      files.add(PROJECT.resolve(file));
    }
    for (Path file : files) {
      for (MatchResult link : LINK.matcher(Files.readString(file)).results().toList()) {
        links.add(link.group());
        if (!link.group(1).startsWith("http") && !leadsSomewhere(file, link)) {
          broken.add(PROJECT.relativize(file) + " " + link.group());
        }
      }
    }
    assertTrue(links.size() > 20, "they are no longer found: " + links);
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Path from, MatchResult link) throws IOException {
    Path to = link.group(1).isEmpty() ? from : from.resolveSibling(link.group(1));
    return Files.exists(to) && (link.group(2) == null || anchors(to).contains(link.group(2)));
  }

  /** As the usual renderers make them: in lower case, a hyphen for each space, no punctuation. */
  private static List<String> anchors(Path file) throws IOException {
    return HEADING
        .matcher(Files.readString(file))
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .toList();
  }
}
