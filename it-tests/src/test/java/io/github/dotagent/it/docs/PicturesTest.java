package io.github.dotagent.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.dotagent.it.pictures.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void theyAreThoseOfTheText() throws IOException {
    for (Map.Entry<String, String> picture : Pictures.of(PROJECT).entrySet()) {
      assertEquals(
          picture.getValue(),
          Files.readString(PROJECT.resolve(picture.getKey())),
          picture.getKey() + " is older than its table: run Pictures (CONTRIBUTING.md)");
    }
  }

  /** Well formed, with words for those who hear it, for light and for dark; no other file. */
  @Test
  void eachPictureIsWhole() throws Exception {
    List<Path> pictures;
    try (Stream<Path> files = Files.list(PROJECT.resolve("docs/images"))) {
      pictures = files.sorted().toList();
    }
    assertFalse(pictures.isEmpty());
    for (Path picture : pictures) {
      var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
      assertEquals("svg", svg.getDocumentElement().getTagName(), picture.toString());
      assertEquals(1, svg.getElementsByTagName("title").getLength(), picture.toString());
      assertEquals(1, svg.getElementsByTagName("desc").getLength(), picture.toString());
      String style = svg.getElementsByTagName("style").item(0).getTextContent();
      assertEquals(2, style.split("prefers-color-scheme: dark").length, picture.toString());
    }
  }
}
