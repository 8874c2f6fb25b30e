package io.github.dotagent.agent.hook.nameservice;

import io.github.dotagent.agent.testing.ClassFiles;
import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzTarget;
import java.util.List;

/** The class file of {@code InetAddress}, as other agents may have left it. */
public final class InetAddressClassFuzz implements FuzzTarget {
  @Override
  public void read(byte[] octets) {
    if (ClassFiles.canBeCopied(octets, 0)) {
      byte[] patched = NameServiceCalls.patched(octets);
      Findings.check(ClassFiles.canBeCopied(patched, 0), "what was patched cannot be read");
      Findings.check(Calls.in(patched).size() == Calls.in(octets).size(), "a call was lost");
    }
  }

  @Override
  public int variants() {
    return 100;
  }

  @Override
  public List<byte[]> found() {
    return List.of(ClassFiles.ofJdk("java/net/InetAddress.class"));
  }
}
