package io.github.dotagent.config;

import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.dnssec.ZoneAnchors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code dnssec}, {@code dnssec.require} and {@code dnssec.anchors}. */
final class DnssecReader {
  /** A key is half a kilobyte as text; the private zones of a large company are some hundred. */
  private static final int MOST_OCTETS = 1024 * 1024;

  private DnssecReader() {}

  /** Null when it is off: then no class of it is loaded. */
  static DnssecPolicy read(GivenSettings settings) throws ConfigException {
    Setting mode = settings.orDefault(SettingKey.DNSSEC);
    String word = WordText.oneOf(mode, "off", "ad", "validate");
    Setting required = settings.given(SettingKey.DNSSEC_REQUIRE);
    Setting anchors = settings.given(SettingKey.DNSSEC_ANCHORS);
    boolean validates = word.equals("validate");
    if (required != null && word.equals("off")) {
      throw required.wrongBeside(
          "needs "
              + required.spell(SettingKey.DNSSEC)
              + "=validate, or ad; write one, or leave it out",
          SettingKey.DNSSEC);
    }
    if (anchors != null && !validates) {
      throw anchors.wrongBeside(
          "has no effect without "
              + anchors.spell(SettingKey.DNSSEC)
              + "=validate; write that as well",
          SettingKey.DNSSEC);
    }
    if (word.equals("off")) {
      return null;
    }
    List<String> domains =
        required == null ? new ArrayList<String>() : DomainNameText.list(required, required.text());
    return new DnssecPolicy(
        validates, domains, anchors == null ? ZoneAnchors.ofIana() : AnchorsFile.read(anchors));
  }

  /** A class of its own: what it catches would be loaded with the reader, DNSSEC or not. */
  private static final class AnchorsFile {
    static ZoneAnchors read(Setting anchors) throws ConfigException {
      Path file = NamedFile.toRead(anchors);
      try {
        return ZoneAnchors.of(NamedFile.read(file, MOST_OCTETS));
      } catch (ZoneAnchors.WrongAnchorException wrong) {
        throw anchors.wrong(wrong.getMessage() + "; correct the file");
      } catch (IOException unreadable) {
        throw anchors.wrong("cannot be read: " + unreadable.getMessage() + "; name another file");
      }
    }
  }
}
