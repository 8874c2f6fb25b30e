package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.testing.ManualTimers;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search list: each name that is tried goes where its own suffix says, and no further. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchTest {
  /** As Kubernetes writes it into a pod. */
  private static final String POD =
      "search default.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n";

  @TempDir Path folder;

  private final ManualTimers timers = new ManualTimers();
  private final Witnesses witnesses = new Witnesses();

  private PolicyResolver resolver(SearchPolicy search) {
    NamePolicy policy =
        new NamePolicy(List.of("cluster.local", "internal"), true, null, search, false);
    return Resolvers.with(witnesses, policy, timers);
  }

  private PolicyResolver withFile(String text) throws IOException {
    return resolver(SearchPolicy.ofSystem(write(text, 1), null, null));
  }

  private Path write(String text, int second) throws IOException {
    Path file = Files.writeString(folder.resolve("resolv.conf"), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
    return file;
  }

  private static void lookUp(PolicyResolver resolver, String host) throws UnknownHostException {
    for (String text : Resolvers.texts(resolver.addresses(host, AddressOrder.IPV4_ONLY))) {
      assertEquals(host, text.substring(0, text.indexOf('/')), "as the caller spelled it");
    }
  }

  /** A leading {@code s:} is the system resolver, {@code d:} a server, over TLS. */
  private List<String> asked() {
    List<String> places = new ArrayList<>();
    for (String line : witnesses.asked()) {
      places.add(line.charAt(0) + ":" + line.split(" ", -1)[1]);
    }
    return places;
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
    lookUp(withFile(POD), host);
    assertEquals(List.of(expected.trim().split(" +", -1)), asked());
  }

  /** As long as the JVM's own cache kept it without the agent. */
  @Test
  void aNameThatWasFoundIsNotSearchedForAgainForHalfAMinute() throws IOException {
    PolicyResolver resolver = withFile(POD);
    witnesses.exist("api.example.com", "db.default.svc.cluster.local.");
    lookUp(resolver, "api.example.com");
    lookUp(resolver, "db.default");
    witnesses.asked().clear();
    timers.advance(Duration.ofSeconds(30).minusNanos(1));
    lookUp(resolver, "api.example.com");
    lookUp(resolver, "db.default");
    assertEquals(List.of("d:api.example.com", "s:db.default.svc.cluster.local."), asked());
    witnesses.asked().clear();
    timers.advance(Duration.ofNanos(1));
    lookUp(resolver, "api.example.com");
    assertEquals(4, asked().size(), "and then it is, once: " + asked());
  }

  @Test
  void oneThatIsGoneIsSearchedForAtOnce() throws IOException {
    PolicyResolver resolver = withFile(POD);
    witnesses.exist("db.default.svc.cluster.local.");
    lookUp(resolver, "db.default");
    witnesses.exist("db.default.default.svc.cluster.local.");
    witnesses.asked().clear();
    lookUp(resolver, "db.default");
    assertEquals(
        List.of("s:db.default.svc.cluster.local.", "s:db.default.default.svc.cluster.local."),
        asked());
  }

  @Test
  void hostsWithoutEndTakeNoMemoryWithoutEnd() throws IOException {
    PolicyResolver resolver = withFile("search corp.example\n");
    for (int i = 0; i <= 1_000; i++) {
      witnesses.exist("h" + i + ".x.corp.example");
      lookUp(resolver, "h" + i + ".x");
    }
    witnesses.asked().clear();
    witnesses.exist("h0.x.corp.example", "h1000.x.corp.example");
    lookUp(resolver, "h1000.x");
    assertEquals(1, asked().size(), "the youngest is known");
    lookUp(resolver, "h0.x");
    assertEquals(3, asked().size(), "the oldest is not: " + asked());
  }

  @Test
  void onAMachineTheNameAsItIsComesFirst() throws IOException {
    PolicyResolver resolver = withFile("search corp.example lab.internal\n");
    witnesses.exist("www.example.com", "wiki.team.corp.example", "ci.team.lab.internal.");
    lookUp(resolver, "www.example.com");
    assertEquals(List.of("d:www.example.com"), asked());
    witnesses.asked().clear();
    lookUp(resolver, "wiki.team");
    assertEquals(List.of("d:wiki.team", "d:wiki.team.corp.example"), asked());
    witnesses.asked().clear();
    lookUp(resolver, "ci.team");
    assertEquals(
        List.of("d:ci.team", "d:ci.team.corp.example", "s:ci.team.lab.internal."), asked());
  }

  @Test
  void whenNoneExistsTheNameAsItIsIsTheOneInTheMessage() throws IOException {
    witnesses.exist();
    UnknownHostException refusal = Resolvers.refusal(withFile("search corp.example\n"), "a.b");
    assertEquals(
        "a.b: no such name (NXDOMAIN from " + Witnesses.SERVER + ")", refusal.getMessage());
    assertEquals(4, witnesses.asked().size(), "two names, two families: " + witnesses.asked());
  }

  @Test
  void aNameWithoutAddressesGoesOnToo() throws IOException {
    Answer nothing = Answer.noData(1, Witnesses.SERVER);
    witnesses.answers(RecordType.A, nothing).answers(RecordType.AAAA, nothing);
    Resolvers.refusal(withFile("search corp.example\n"), "a.b");
    assertEquals(4, witnesses.asked().size(), witnesses.asked().toString());
  }

  /** Another name's addresses would be a guess. */
  @Test
  void aFailureEndsTheSearch() throws IOException {
    LookupFailure late =
        LookupFailure.of(
            List.of(new LookupFailure.Attempt("x", LookupFailure.Kind.TIMEOUT, "no answer", null)));
    witnesses.fails(RecordType.A, late).fails(RecordType.AAAA, late);
    UnknownHostException refusal = Resolvers.refusal(withFile("search corp.example\n"), "a.b");
    assertEquals("a.b: no answer over TLS: x no answer", refusal.getMessage());
    assertEquals(2, witnesses.asked().size(), witnesses.asked().toString());
  }

  @Test
  void aSystemResolverThatGetsNoAnswerEndsItToo() throws IOException {
    witnesses.systemFailure =
        new UnknownHostException("db.default: Temporary failure in name resolution");
    UnknownHostException refusal = Resolvers.refusal(withFile(POD), "db.default");
    assertEquals(
        "db.default: db.default: Temporary failure in name resolution", refusal.getMessage());
    assertEquals("s:db.default.default.svc.cluster.local.", asked().get(0));
    assertEquals(List.of("s:" + Witnesses.IMPOSSIBLE), asked().subList(1, asked().size()));
  }

  /** Whatever the language: that no server answered is no sign that there is no such name. */
  @Test
  void aFailureIsOneInEveryLanguage() throws IOException {
    witnesses.inGerman = true;
    witnesses.systemFailure =
        new UnknownHostException("db.default: Temporärer Fehler bei der Namensauflösung");
    Resolvers.refusal(withFile(POD), "db.default");
    assertEquals(
        List.of("s:db.default.default.svc.cluster.local.", "s:" + Witnesses.IMPOSSIBLE), asked());
  }

  @Test
  void soIsThatThereIsNoSuchName() throws IOException {
    witnesses.inGerman = true;
    witnesses.exist("api.example.com");
    lookUp(withFile(POD), "api.example.com");
    assertEquals("d:api.example.com", asked().get(4), "asked once in what words: " + asked());
  }

  /** Else whoever owns the search domain would say what this machine's own name means. */
  @Test
  void theMachinesOwnNameIsNotSearchedFor() throws IOException {
    SearchPolicy own = SearchPolicy.ofSystem(write(POD, 1), null, null).with(List.of("x.example"));
    witnesses.localHostName = "pod7";
    lookUp(resolver(own), "pod7");
    assertEquals(List.of("s:pod7"), asked());
  }

  @Test
  void theUsersOwnListHoldsForShortNamesToo() throws IOException {
    SearchPolicy own =
        SearchPolicy.ofSystem(write(POD, 1), null, null)
            .with(List.of("corp.example", "lab.internal"));
    witnesses.exist("wiki");
    lookUp(resolver(own), "wiki");
    assertEquals(List.of("d:wiki.corp.example", "s:wiki.lab.internal.", "s:wiki"), asked());
  }

  @Test
  void off() throws IOException {
    witnesses.exist();
    PolicyResolver resolver = resolver(SearchPolicy.OFF);
    assertThrows(UnknownHostException.class, () -> lookUp(resolver, "a.b"));
    assertEquals(List.of("d:a.b"), asked());
  }

  @Test
  void aChangeOfTheFileIsFollowed() throws IOException {
    witnesses.exist();
    PolicyResolver resolver = withFile("search corp.example\n");
    assertThrows(UnknownHostException.class, () -> lookUp(resolver, "a.b"));
    write("search lan.example\n", 2);
    timers.advance(Duration.ofSeconds(1));
    witnesses.asked().clear();
    assertThrows(UnknownHostException.class, () -> lookUp(resolver, "a.b"));
    assertEquals(List.of("d:a.b", "d:a.b.lan.example"), asked());
  }

  @Test
  void withoutAFileTheDomainOfTheMachineIsSearched() {
    witnesses.exist();
    SearchPolicy system = SearchPolicy.ofSystem(folder.resolve("none"), null, null);
    assertThrows(UnknownHostException.class, () -> lookUp(resolver(system), "a.b"));
    assertEquals(List.of("d:a.b", "d:a.b.corp.example"), asked());
  }

  @Test
  void reservedNamesAreNotSearchedFor() throws IOException {
    PolicyResolver resolver = withFile("search corp.example\n");
    Resolvers.refusal(resolver, "shop.onion");
    Resolvers.refusal(resolver, "any.invalid");
    lookUp(resolver, "localhost");
    assertEquals(List.of(), asked());
  }
}
