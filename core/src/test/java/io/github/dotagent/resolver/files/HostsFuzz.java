package io.github.dotagent.resolver.files;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A hosts file, and the names that may be in it. */
public final class HostsFuzz implements FuzzTarget {
  @Override
  public void read(byte[] octets) throws IOException {
    FuzzInput input = new FuzzInput(octets);
    int atOnce = input.octet() + 1;
    byte[] file = input.rest();
    HostsLines whole = new HostsLines();
    whole.read(new ByteArrayInputStream(file));
    HostsLines pieces = new HostsLines();
    pieces.read(new InPieces(file, atOnce));
    Findings.check(whole.malformed() == pieces.malformed(), "malformed lines");
    Findings.check(whole.table().size() == pieces.table().size(), "names");
    for (String word : new String(file, StandardCharsets.ISO_8859_1).split("[\\s#\0]+")) {
      byte[] name = word.getBytes(StandardCharsets.ISO_8859_1);
      List<byte[]> addresses = whole.table().addresses(name);
      Findings.check(addresses.size() == pieces.table().addresses(name).size(), word);
      for (byte[] address : addresses) {
        Findings.check(address.length == 4 || address.length == 16, word);
        Findings.check(whole.table().nameOf(address) != null, word);
      }
    }
  }

  private static final class InPieces extends InputStream {
    private final InputStream octets;
    private final int atOnce;

    InPieces(byte[] octets, int atOnce) {
      this.octets = new ByteArrayInputStream(octets);
      this.atOnce = atOnce;
    }

    @Override
    public int read() throws IOException {
      return octets.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return octets.read(into, offset, Math.min(length, atOnce));
    }
  }
}
