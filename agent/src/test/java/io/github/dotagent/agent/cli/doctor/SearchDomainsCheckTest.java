package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.agent.cli.Silence;
import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.files.NameFiles;
import io.github.dotagent.resolver.files.SearchPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchDomainsCheckTest {
  private static final List<String> ALL = List.of("local", "internal", "home.arpa", "arpa");

  @TempDir Path folder;

  private List<String> said(List<String> suffixes, String resolvConf) throws IOException {
    Path conf = Files.writeString(folder.resolve("resolv.conf"), resolvConf);
    SearchPolicy search = SearchPolicy.ofSystem(conf, null, null);
    NamePolicy policy = new NamePolicy(suffixes, true, null, search, false);
    return new SearchDomainsCheck(policy, new SearchDomains(List.of()))
        .findings(NameFiles.read(null, search, "", Silence.LOG)).stream()
            .map(finding -> finding.verdict() + " " + finding.text())
            .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "search company.com lan.company.com",
    "search svc.cluster.local cluster.local",
    "search .",
    "nameserver 127.0.0.1",
    "options ndots:5",
  })
  void allIsWell(String conf) throws IOException {
    assertEquals(List.of(), said(ALL, conf));
  }

  @Test
  void aDomainThatIsNobodysInPublic() throws IOException {
    assertEquals(
        List.of(
            "NOTE fritz.lan in the search list is not a public domain, and the upstreams are asked"
                + " for names in it"),
        said(ALL, "search company.com fritz.lan x.internal\n"));
  }

  @Test
  void namesThatLeaveInTheClear() throws IOException {
    assertEquals(
        List.of(
            "NOTE names with fewer dots than 5 leave in the clear first: the system"
                + " resolver is asked for NAME.default.svc.cluster.local, NAME.cluster.local"),
        said(ALL, "search default.svc.cluster.local cluster.local company.com\noptions ndots:5\n"));
  }

  @Test
  void aDefaultThatIsGone() throws IOException {
    assertEquals(
        List.of(
            "NOTE dotagent.system.suffixes without a + replaces its default: names under local,"
                + " internal, home.arpa, cluster.local, the reverse zones of private addresses go"
                + " to the upstreams; +corp.example adds to the default"),
        said(List.of("corp.example"), "search company.com\n"));
  }
}
