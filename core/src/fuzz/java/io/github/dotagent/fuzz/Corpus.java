package io.github.dotagent.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The octets that a target begins with and has stumbled over: {@code fuzz/NAME.txt}, an entry a
 * line, with {@code \xHH} for what is no printable ASCII, {@code \n} and {@code \\}; behind {@code
 * #} at a line's begin stands what the next one is.
 */
final class Corpus {
  private Corpus() {}

  static List<byte[]> of(FuzzTarget target) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    try (InputStream in =
        target.getClass().getResourceAsStream("/fuzz/" + target.name() + ".txt")) {
      if (in == null) {
        throw new IOException("there is no corpus fuzz/" + target.name() + ".txt");
      }
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
        if (!line.startsWith("#")) {
          entries.add(octets(line));
        }
      }
    }
    entries.addAll(target.found());
    return entries;
  }

  static byte[] octets(String line) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\\') {
        octets.write(c);
        continue;
      }
      char escape = line.charAt(++i);
      if (escape == 'x') {
        octets.write(Integer.parseInt(line.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        octets.write(escape == 'n' ? '\n' : escape);
      }
    }
    return octets.toByteArray();
  }

  /** As a line of the file. */
  static String line(byte[] octets) {
    StringBuilder line = new StringBuilder();
    for (byte octet : octets) {
      int c = octet & 0xff;
      if (c == '\\') {
        line.append("\\\\");
      } else if (c == '\n') {
        line.append("\\n");
      } else if (c >= ' ' && c < 0x7f && !(c == '#' && line.length() == 0)) {
        line.append((char) c);
      } else {
        line.append(String.format("\\x%02x", c));
      }
    }
    return line.toString();
  }
}
