package io.github.dotagent.config;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The settings file as a whole. */
public final class SettingsFileFuzz implements FuzzTarget {
  private final Path file = file();

  static Path file() {
    try {
      Path file = Files.createTempFile("fuzz", ".properties");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void read(byte[] octets) throws IOException {
    if (new String(octets, StandardCharsets.ISO_8859_1).contains("/")) {
      return; // the path of a file, which may be any
    }
    Files.write(file, octets);
    try {
      Given.given().argument(file).load().inForce().forEach(Findings::checkIsLine);
    } catch (ConfigException refused) {
      Findings.checkAreLines(refused.getMessage());
    }
  }

  @Override
  public int variants() {
    return 200;
  }
}
