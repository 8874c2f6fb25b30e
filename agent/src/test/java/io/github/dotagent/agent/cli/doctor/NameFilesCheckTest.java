package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.ZoneTarget;
import io.github.dotagent.resolver.files.SearchPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameFilesCheckTest {
  @TempDir Path folder;
  private Path resolvConf;

  @BeforeEach
  void inACluster() throws IOException {
    resolvConf = folder.resolve("resolv.conf");
    Files.writeString(resolvConf, "search default.svc.corp.test svc.corp.test corp.test\n");
  }

  @Test
  void aClusterZoneThatGoesToThePublicServersIsAFinding() {
    assertEquals(
        "FAIL a cluster whose zone corp.test is not among dotagent.system.suffixes",
        cluster(List.of(), Map.of()));
    assertEquals("OK names under corp.test stay in it", cluster(List.of("corp.test"), Map.of()));
  }

  @Test
  void aClusterZoneWithServersOfItsOwnIsNoFinding() {
    for (String zone : List.of("corp.test", "test")) {
      assertEquals(
          "OK names under corp.test go where dotagent.zones says",
          cluster(List.of(), Map.of(zone, ZoneTarget.SYSTEM)));
    }
    assertEquals(
        "FAIL a cluster whose zone corp.test is not among dotagent.system.suffixes",
        cluster(List.of(), Map.of("rp.test", ZoneTarget.SYSTEM)));
  }

  private String cluster(List<String> suffixes, Map<String, ZoneTarget> zones) {
    SearchPolicy search = SearchPolicy.ofSystem(resolvConf, null, null);
    NamePolicy policy = new NamePolicy(suffixes, true, null, search, false, zones);
    Finding finding = new NameFilesCheck(policy).cluster(Map.of());
    return finding.verdict() + " " + finding.text();
  }
}
