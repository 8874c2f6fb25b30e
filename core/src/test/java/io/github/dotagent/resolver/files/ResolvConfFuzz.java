package io.github.dotagent.resolver.files;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import io.github.dotagent.net.HostName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A resolv.conf, its two environment variables and the machine's own name. */
public final class ResolvConfFuzz implements FuzzTarget {
  @Override
  public void read(byte[] octets) throws IOException {
    FuzzInput input = new FuzzInput(octets);
    int given = input.octet();
    String localDomain = (given & 1) == 0 ? null : latin(input.part());
    String resOptions = (given & 2) == 0 ? null : latin(input.part());
    String ownName = (given & 4) == 0 ? "build-7" : latin(input.part());
    ResolvConf reader = new ResolvConf(localDomain, resOptions);
    check(reader.read(new ByteArrayInputStream(input.rest()), ownName));
    check(reader.absent(ownName));
  }

  private static void check(SearchRules rules) {
    Findings.check(rules.dots() >= 0 && rules.dots() <= SearchRules.MOST_DOTS, "ndots");
    for (String suffix : rules.suffixes()) {
      Findings.checkIsLine(suffix);
      Findings.check(suffix.equals(SearchRules.ROOT) || HostName.isFit(suffix), suffix);
    }
  }

  private static String latin(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
