package io.github.dotagent.resolver;

import static io.github.dotagent.resolver.SearchUnderTest.POD;
import static io.github.dotagent.resolver.SearchUnderTest.lookUp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.testing.ManualTimers;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search list: each name that is tried goes where its own suffix says, and no further. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchTest {
  @TempDir Path folder;

  private SearchUnderTest search;
  private ManualTimers timers;
  private Witnesses witnesses;

  @BeforeEach
  void begin() {
    search = new SearchUnderTest(folder);
    timers = search.timers;
    witnesses = search.witnesses;
  }

  @ParameterizedTest
  @CsvSource({
    "db,               db,                              s:db",
    "db.default,       db.default.svc.cluster.local.,"
        + " s:db.default.default.svc.cluster.local. s:db.default.svc.cluster.local.",
    "db.default.svc,   db.default.svc.cluster.local.,"
        + " s:db.default.svc.default.svc.cluster.local. s:db.default.svc.svc.cluster.local."
        + " s:db.default.svc.cluster.local.",
    "api.example.com,  api.example.com,"
        + " s:api.example.com.default.svc.cluster.local. s:api.example.com.svc.cluster.local."
        + " s:api.example.com.cluster.local. d:api.example.com",
    "api.example.com., api.example.com,                 d:api.example.com",
    "a.b.c.d.e.example, a.b.c.d.e.example,              d:a.b.c.d.e.example",
    "db.default.svc.cluster.local, db.default.svc.cluster.local, s:db.default.svc.cluster.local",
    "x.internal,       x.internal,                      s:x.internal",
  })
  void inAPod(String host, String existing, String expected) throws IOException {
    witnesses.exist(existing);
    lookUp(search.withFile(POD), host);
    assertEquals(List.of(expected.trim().split(" +", -1)), search.asked());
  }

  @Test
  void withUsualNdotsThePlainNameComesFirst() throws IOException {
    PolicyResolver resolver = search.withFile("search corp.example lab.internal\n");
    witnesses.exist("www.example.com", "wiki.team.corp.example", "ci.team.lab.internal.");
    lookUp(resolver, "www.example.com");
    assertEquals(List.of("d:www.example.com"), search.asked());
    witnesses.asked().clear();
    lookUp(resolver, "wiki.team");
    assertEquals(List.of("d:wiki.team", "d:wiki.team.corp.example"), search.asked());
    witnesses.asked().clear();
    lookUp(resolver, "ci.team");
    assertEquals(
        List.of("d:ci.team", "d:ci.team.corp.example", "s:ci.team.lab.internal."), search.asked());
  }

  /** Otherwise the owner of the search domain would answer for this machine's own name. */
  @Test
  void theMachinesOwnNameIsNotSearchedFor() throws IOException {
    SearchPolicy own =
        SearchPolicy.ofSystem(search.write(POD, 1), null, null).with(List.of("x.example"));
    witnesses.localHostName = "pod7";
    lookUp(search.resolver(own), "pod7");
    assertEquals(List.of("s:pod7"), search.asked());
  }

  @Test
  void theUsersOwnListHoldsForShortNamesToo() throws IOException {
    SearchPolicy own =
        SearchPolicy.ofSystem(search.write(POD, 1), null, null)
            .with(List.of("corp.example", "lab.internal"));
    witnesses.exist("wiki");
    lookUp(search.resolver(own), "wiki");
    assertEquals(List.of("d:wiki.corp.example", "s:wiki.lab.internal.", "s:wiki"), search.asked());
  }

  @Test
  void searchOffTriesTheNameAlone() throws IOException {
    witnesses.exist();
    PolicyResolver resolver = search.resolver(SearchPolicy.OFF);
    assertThrows(UnknownHostException.class, () -> lookUp(resolver, "a.b"));
    assertEquals(List.of("d:a.b"), search.asked());
  }

  @Test
  void aChangeOfTheFileIsFollowed() throws IOException {
    witnesses.exist();
    PolicyResolver resolver = search.withFile("search corp.example\n");
    assertThrows(UnknownHostException.class, () -> lookUp(resolver, "a.b"));
    search.write("search lan.example\n", 2);
    timers.advance(Duration.ofSeconds(1));
    witnesses.asked().clear();
    assertThrows(UnknownHostException.class, () -> lookUp(resolver, "a.b"));
    assertEquals(List.of("d:a.b", "d:a.b.lan.example"), search.asked());
  }

  @Test
  void withoutAFileTheDomainOfTheMachineIsSearched() {
    witnesses.exist();
    SearchPolicy system = SearchPolicy.ofSystem(folder.resolve("none"), null, null);
    assertThrows(UnknownHostException.class, () -> lookUp(search.resolver(system), "a.b"));
    assertEquals(List.of("d:a.b", "d:a.b.corp.example"), search.asked());
  }

  /** The file is neither waited for nor kept in memory, and the lookup goes on without its list. */
  @ParameterizedTest
  @CsvSource({
    "pipe,      'it is a pipe or a socket, not a file'",
    "/dev/zero, it is larger than 256 KB", // its size is 0, and it has no end
    "huge,      it is larger than 256 KB",
  })
  @EnabledOnOs(OS.LINUX)
  void aFileThatIsNoneIsDoneWithout(String kind, String why) throws Exception {
    Path file = folder.resolve(kind); // an absolute path stays as it is
    if (kind.equals("pipe")) {
      assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    } else if (kind.equals("huge")) {
      Files.writeString(file, ofOctets((256 << 10) + 1));
    }
    witnesses.exist();
    PolicyResolver resolver = search.resolver(SearchPolicy.ofSystem(file, null, null));
    for (int second = 0; second < 3; second++) {
      witnesses.asked().clear();
      assertThrows(UnknownHostException.class, () -> lookUp(resolver, "a.b"));
      // corp.example is the domain of the machine's own name
      assertEquals(List.of("d:a.b", "d:a.b.corp.example"), search.asked());
      timers.advance(Duration.ofSeconds(1));
    }
    assertEquals(
        List.of(
            "ERROR "
                + file
                + " cannot be read ("
                + why
                + "): names are looked up without its search list"),
        search.log.lines());
  }

  @Test
  void aFileAtTheLimitOfItsSizeIsRead() throws IOException {
    witnesses.exist();
    PolicyResolver resolver = search.withFile(ofOctets(256 << 10));
    assertThrows(UnknownHostException.class, () -> lookUp(resolver, "a.b"));
    assertEquals(List.of("d:a.b", "d:a.b.lan.example"), search.asked());
    assertEquals(List.of(), search.log.lines());
  }

  /** One list, and one comment that fills the rest. */
  private static String ofOctets(int count) {
    String list = "search lan.example\n";
    return list + "#".repeat(count - list.length());
  }

  @Test
  void reservedNamesAreNotSearchedFor() throws IOException {
    PolicyResolver resolver = search.withFile("search corp.example\n");
    Resolvers.refusal(resolver, "shop.onion");
    Resolvers.refusal(resolver, "any.invalid");
    lookUp(resolver, "localhost");
    assertEquals(List.of(), search.asked());
  }
}
