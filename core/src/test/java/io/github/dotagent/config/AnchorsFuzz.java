package io.github.dotagent.config;

import io.github.dotagent.dnssec.ZoneAnchors;
import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of trust anchors, and what is said of it. */
public final class AnchorsFuzz implements FuzzTarget {
  private final Path file = SettingsFileFuzz.file();

  @Override
  public void read(byte[] octets) throws IOException {
    try {
      ZoneAnchors.of(octets).texts().forEach(Findings::checkIsLine);
    } catch (ZoneAnchors.WrongAnchorException wrong) {
      Files.write(file, octets);
      String refused =
          Given.given().property("dnssec=validate").property("dnssec.anchors=" + file).refused();
      Findings.checkIsLine(refused);
    }
  }

  @Override
  public int variants() {
    return 200;
  }
}
