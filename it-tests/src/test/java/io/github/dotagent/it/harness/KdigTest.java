package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as an independent client sees it. */
class KdigTest {
  private static final Path KDIG = Path.of("/usr/bin/kdig");

  @Test
  void speaksWithTheServer(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(KDIG), "kdig is not on this machine");
    try (ServerFixture dot = new ServerFixture()) {
      Process kdig =
          new ProcessBuilder(
                  KDIG.toString(),
                  "-d",
                  "@127.0.0.1",
                  "-p",
                  Integer.toString(dot.server.port()),
                  "+tls-ca=" + dot.authority.writeTrustStores(folder).pem(),
                  "+tls-hostname=dot.test",
                  "+padding",
                  "alias.example.test")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      try {
        kdig.getOutputStream().close();
        assertTrue(kdig.waitFor(30, TimeUnit.SECONDS));
      } finally {
        kdig.destroyForcibly();
      }
      String said = Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
      assertEquals(0, kdig.exitValue(), said);
      assertTrue(said.contains("The certificate is trusted"), said);
      assertTrue(said.contains("status: NOERROR"), said);
      assertTrue(said.contains("192.0.2.2"), said);
      assertTrue(said.contains("PADDING"), said);
      assertTrue(said.contains("Received 468 B"), said);
      assertTrue(
          dot.server.log().queries().get(0).octets() % 128 == 0, "kdig pads to blocks of 128");
    }
  }
}
