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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ends a search, and what is said when nothing was found. */
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
  void whenNoneExistsTheNameAsItIsIsTheOneInTheMessage() throws IOException {
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

  /** Another name's addresses would be a guess. */
  @Test
  void aFailureEndsTheSearch() throws IOException {
    LookupFailure late =
        LookupFailure.of(
            List.of(new LookupFailure.Attempt("x", LookupFailure.Kind.TIMEOUT, "no answer", null)));
    witnesses.fails(RecordType.A, late).fails(RecordType.AAAA, late);
    UnknownHostException refusal =
        Resolvers.refusal(search.withFile("search corp.example\n"), "a.b");
    assertEquals("a.b: no answer over TLS: x no answer", refusal.getMessage());
    assertEquals(2, witnesses.asked().size(), witnesses.asked().toString());
  }

  @Test
  void aSystemResolverThatGetsNoAnswerEndsItToo() throws IOException {
    witnesses.systemFailure =
        new UnknownHostException("db.default: Temporary failure in name resolution");
    UnknownHostException refusal = Resolvers.refusal(search.withFile(POD), "db.default");
    assertEquals(
        "db.default: db.default: Temporary failure in name resolution", refusal.getMessage());
    assertEquals("s:db.default.default.svc.cluster.local.", search.asked().get(0));
    assertEquals(
        List.of("s:" + Witnesses.IMPOSSIBLE), search.asked().subList(1, search.asked().size()));
  }

  /** Whatever the language: that no server answered is no sign that there is no such name. */
  @Test
  void aFailureIsOneInEveryLanguage() throws IOException {
    witnesses.inGerman = true;
    witnesses.systemFailure =
        new UnknownHostException("db.default: Temporärer Fehler bei der Namensauflösung");
    Resolvers.refusal(search.withFile(POD), "db.default");
    assertEquals(
        List.of("s:db.default.default.svc.cluster.local.", "s:" + Witnesses.IMPOSSIBLE),
        search.asked());
  }

  @Test
  void soIsThatThereIsNoSuchName() throws IOException {
    witnesses.inGerman = true;
    witnesses.exist("api.example.com");
    lookUp(search.withFile(POD), "api.example.com");
    assertEquals(
        "d:api.example.com", search.asked().get(4), "asked once in what words: " + search.asked());
  }
}
