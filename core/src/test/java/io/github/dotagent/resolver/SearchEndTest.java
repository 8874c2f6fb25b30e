package io.github.dotagent.resolver;

import static io.github.dotagent.resolver.SearchUnderTest.POD;
import static io.github.dotagent.resolver.SearchUnderTest.lookUp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.RecordType;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a search, and the message when nothing was found. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchEndTest {
  @TempDir Path folder;

  private SearchUnderTest search;
  private Witnesses witnesses;

  @BeforeEach
  void begin() {
    search = new SearchUnderTest(folder);
    witnesses = search.witnesses;
  }

  @Test
  void ifNoCandidateExistsTheMessageHasTheNameAsWritten() throws IOException {
    witnesses.exist();
    UnknownHostException refusal =
        Resolvers.refusal(search.withFile("search corp.example\n"), "a.b");
    assertEquals(
        "a.b: no such name (NXDOMAIN from " + Witnesses.SERVER + ")", refusal.getMessage());
    assertEquals(4, witnesses.asked().size(), "two names, two families: " + witnesses.asked());
  }

  @Test
  void aNameWithoutAddressesGoesOnToo() throws IOException {
    Answer nothing = Answer.noData(1, Witnesses.SERVER);
    witnesses.answers(RecordType.A, nothing).answers(RecordType.AAAA, nothing);
    Resolvers.refusal(search.withFile("search corp.example\n"), "a.b");
    assertEquals(4, witnesses.asked().size(), witnesses.asked().toString());
  }

  private static LookupFailure failure(LookupFailure.Kind kind) {
    return LookupFailure.of(List.of(new LookupFailure.Attempt("x", kind, "says " + kind, null)));
  }

  /** Each name that was asked for, once, without the place. */
  private String names() {
    StringBuilder names = new StringBuilder();
    for (String asked : search.asked()) {
      String name = asked.substring(2);
      if (names.indexOf(name + ",") < 0) {
        names.append(name).append(',');
      }
    }
    return names.toString();
  }

  /**
   * The effect of a broken domain on the names behind it. glibc 2.36 goes on in the list after
   * SERVFAIL; after REFUSED, NOTIMP, FORMERR and silence it asks for the name as it is, and no more
   * of the list. In the agent a server's response does not end the search, but a server that cannot
   * be reached or trusted does: the next name would meet it again.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SERVER_FAILURE | 5 | a.b.found.example | a.b.broken.example,a.b.found.example,
          MALFORMED      | 5 | a.b.found.example | a.b.broken.example,a.b.found.example,
          SERVER_FAILURE | 5 | a.b | a.b.broken.example,a.b.found.example,a.b,
          MALFORMED      | 5 | a.b | a.b.broken.example,a.b.found.example,a.b,
          TIMEOUT        | 5 | a.b | a.b.broken.example,a.b,
          SERVER_FAILURE | 1 | a.b.found.example | a.b,a.b.broken.example,a.b.found.example,
          """)
  void howAFailingDomainAffectsTheSearch(
      LookupFailure.Kind kind, int dots, String existing, String asked) throws IOException {
    witnesses.exist(existing);
    witnesses.failing.put("a.b.broken.example", failure(kind));
    lookUp(
        search.withFile("search broken.example found.example\noptions ndots:" + dots + "\n"),
        "a.b");
    assertEquals(asked, names());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SERVER_FAILURE | a.b.broken.example,a.b.other.example,a.b,
          MALFORMED      | a.b.broken.example,a.b.other.example,a.b,
          TIMEOUT        | a.b.broken.example,a.b,
          UNREACHABLE    | a.b.broken.example,
          UNTRUSTED      | a.b.broken.example,
          """)
  void whenNothingIsFoundTheFailureIsTold(LookupFailure.Kind kind, String asked)
      throws IOException {
    witnesses.exist();
    witnesses.failing.put("a.b.broken.example", failure(kind));
    UnknownHostException refusal =
        Resolvers.refusal(
            search.withFile("search broken.example other.example\noptions ndots:5\n"), "a.b");
    assertEquals(
        "a.b (as a.b.broken.example): no answer over TLS: x says " + kind, refusal.getMessage());
    assertEquals(asked, names());
  }

  /** The plain name failed first; the message still says whether a longer one exists. */
  @Test
  void aFailureOfThePlainNameDoesNotEndTheSearch() throws IOException {
    witnesses.exist("a.b.found.example");
    witnesses.failing.put("a.b", failure(LookupFailure.Kind.SERVER_FAILURE));
    lookUp(search.withFile("search found.example\n"), "a.b");
    assertEquals("a.b,a.b.found.example,", names());
  }

  @Test
  void aNameFoundLatelyThatFailsNowIsSearchedForAgain() throws IOException {
    PolicyResolver resolver = search.withFile("search one.example two.example\noptions ndots:5\n");
    witnesses.exist("a.b.two.example");
    lookUp(resolver, "a.b");
    witnesses.asked().clear();
    witnesses.exist("a.b");
    witnesses.failing.put("a.b.two.example", failure(LookupFailure.Kind.SERVER_FAILURE));
    lookUp(resolver, "a.b");
    assertEquals("a.b.two.example,a.b.one.example,a.b,", names());
  }

  @Test
  void aFailureOfAllOfThemEndsTheSearchAtOnce() throws IOException {
    LookupFailure away = failure(LookupFailure.Kind.UNREACHABLE);
    witnesses.fails(RecordType.A, away).fails(RecordType.AAAA, away);
    UnknownHostException refusal =
        Resolvers.refusal(search.withFile("search corp.example\n"), "a.b");
    assertEquals("a.b: no answer over TLS: x says UNREACHABLE", refusal.getMessage());
    assertEquals(2, witnesses.asked().size(), witnesses.asked().toString());
  }

  private void clusterFails() {
    for (String domain : List.of("default.svc.cluster.local", "svc.cluster.local")) {
      witnesses.failing.put(
          "db.default." + domain + ".",
          new UnknownHostException(
              "db.default." + domain + ".: Temporary failure in name resolution"));
    }
  }

  /** The system's resolver says the same of SERVFAIL, of which one broken domain is the reason. */
  @Test
  void aQuickFailureOfTheSystemResolverEndsNothing() throws IOException {
    clusterFails();
    witnesses.exist("db.default");
    lookUp(search.withFile(POD), "db.default");
    assertEquals(
        "db.default.default.svc.cluster.local.,"
            + Witnesses.IMPOSSIBLE
            + ",db.default.svc.cluster.local.,db.default.cluster.local.,db.default,",
        names());
  }

  @Test
  void whenNothingIsFoundTheSystemsFailureIsTold() throws IOException {
    clusterFails();
    witnesses.exist();
    UnknownHostException refusal = Resolvers.refusal(search.withFile(POD), "db.default");
    assertEquals(
        "db.default: db.default.default.svc.cluster.local.: Temporary failure in name resolution",
        refusal.getMessage());
  }

  /** Each name of the list would wait as long for servers that say nothing. */
  @Test
  void aSlowFailureOfTheSystemResolverEndsTheList() throws IOException {
    clusterFails();
    witnesses.exist("db.default");
    witnesses.whileSystemIsAsked = () -> search.timers.advance(Duration.ofSeconds(1));
    lookUp(search.withFile(POD), "db.default");
    assertEquals(
        "db.default.default.svc.cluster.local.," + Witnesses.IMPOSSIBLE + ",db.default,", names());
  }

  /** In every locale: no answer from the servers does not mean that the name does not exist. */
  @Test
  void aFailureIsOneInEveryLanguage() throws IOException {
    witnesses.inGerman = true;
    witnesses.systemFailure =
        new UnknownHostException("db.default: Temporärer Fehler bei der Namensauflösung");
    witnesses.exist();
    UnknownHostException refusal = Resolvers.refusal(search.withFile(POD), "db.default");
    assertEquals(
        "db.default: db.default: Temporärer Fehler bei der Namensauflösung", refusal.getMessage());
    assertEquals(
        List.of("s:db.default.default.svc.cluster.local.", "s:" + Witnesses.IMPOSSIBLE),
        search.asked().subList(0, 2));
  }

  @Test
  void noSuchNameIsRecognizedInEveryLocale() throws IOException {
    witnesses.inGerman = true;
    witnesses.exist("api.example.com");
    lookUp(search.withFile(POD), "api.example.com");
    assertEquals(
        "d:api.example.com", search.asked().get(4), "asked once in what words: " + search.asked());
  }
}
