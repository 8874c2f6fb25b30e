package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.Bypass;
import io.github.dotagent.metrics.ConnectionWatch;
import io.github.dotagent.metrics.LookupWatch;
import io.github.dotagent.metrics.RecentErrors;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.metrics.Watcher;
import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.SameThread;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The counts, and the event of each lookup. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedResolverTest {
  private final Witnesses witnesses = new Witnesses();
  private final ManualTimers timers = new ManualTimers();
  private final RecentErrors errors = new RecentErrors();
  private final Watch watch = new Watch();
  private final List<String> told = new ArrayList<>();
  private WatchedResolver resolver =
      new WatchedResolver(Resolvers.with(witnesses), watch, errors, timers);

  /** Records what it is told. */
  private final Watcher watcher =
      new Watcher() {
        @Override
        public LookupWatch lookupBegins() {
          return (name, outcome, from, server, security) ->
              told.add(name + ": " + outcome + " from " + from + " " + server);
        }

        @Override
        public ConnectionWatch connectionBegins() {
          throw new AssertionError("there are no connections here");
        }

        @Override
        public void pinMismatch(String upstream, List<String> presented, boolean refused) {
          throw new AssertionError("nor pins");
        }

        @Override
        public void bypass(String library, String asked, Bypass.Fate fate) {
          throw new AssertionError("no library sends queries by itself here");
        }
      };

  private String told(String host) {
    watch.by(watcher);
    told.clear();
    try {
      resolver.addresses(host, AddressFamilyPolicy.IPV4_FIRST);
    } catch (UnknownHostException refused) {
      // it is told of all the same
    }
    assertEquals(1, told.size(), told.toString());
    return told.get(0);
  }

  private static LookupFailure failure(Kind kind) {
    return LookupFailure.of(List.of(new LookupFailure.Attempt("192.0.2.53@853", kind, "x", null)));
  }

  /** The servers of two zones fail, for one lookup after the other and for one lookup twice. */
  @Test
  void aLookupThatFailsIsCountedOnceInOneZone(@TempDir Path folder) throws Exception {
    Path conf =
        Files.writeString(folder.resolve("resolv.conf"), "search corp.example lab.example\n");
    NamePolicy policy =
        new NamePolicy(
            List.of(),
            false,
            null,
            SearchPolicy.ofSystem(conf, null, null),
            false,
            Map.of("corp.example", ZoneTarget.OWN_SERVERS));
    resolver = new WatchedResolver(Resolvers.with(witnesses, policy), watch, errors, timers);
    witnesses.failing.put("db.corp.example", failure(Kind.SERVER_FAILURE));
    witnesses.failing.put("db.lab.example", failure(Kind.SERVER_FAILURE));
    witnesses.failing.put("db", failure(Kind.SERVER_FAILURE));
    Resolvers.refusal(resolver, "db");
    assertEquals(List.of(1L, 0L, 1L), failures(), "three names failed, of one lookup");
    witnesses.exist("db.lab.example");
    witnesses.failing.remove("db.lab.example");
    resolver.addresses("db", AddressFamilyPolicy.IPV4_FIRST);
    assertEquals(List.of(1L, 0L, 1L), failures(), "the next name was found");
    witnesses.failing.put("www.example", failure(Kind.SERVER_FAILURE));
    Resolvers.refusal(resolver, "www.example");
    assertEquals(List.of(1L, 1L, 2L), failures());
  }

  /** In the zone, in none, and all of them. */
  private List<Long> failures() {
    return List.of(
        resolver.failedIn("corp.example"),
        resolver.failedIn(""),
        resolver.failures(Kind.SERVER_FAILURE));
  }

  @Test
  void whereNamesComeFrom(@TempDir Path folder) throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), "192.0.2.77 here.example\n");
    resolver =
        new WatchedResolver(
            Resolvers.with(witnesses, Resolvers.policy(List.of("local"), true, hosts)),
            watch,
            errors,
            timers);
    assertEquals("www.example.com: found from upstream 192.0.2.53", told("www.example.com"));
    assertEquals("here.example: found from hosts null", told("here.example"));
    assertEquals("printer: found from system null", told("printer"));
    assertEquals("tv.local: found from system null", told("tv.local"));
    assertEquals("localhost: found from loopback null", told("localhost"));
    assertEquals("a.invalid: no such name from none null", told("a.invalid"));
    assertEquals("a.onion: no such name from none null", told("a.onion"));
    assertEquals("a..b: no such name from none null", told("a..b"));
    assertEquals("192.0.2.1: found from literal null", told("192.0.2.1"));
    assertEquals(9, resolver.lookups());
    assertEquals(1, resolver.answers(Source.UPSTREAM));
    assertEquals(1, resolver.answers(Source.HOSTS));
    assertEquals(2, resolver.answers(Source.SYSTEM));
    assertEquals(1, resolver.answers(Source.LOOPBACK));
    assertEquals(3, resolver.answers(Source.NONE));
    assertEquals(1, resolver.answers(Source.LITERAL));
    assertEquals(0, resolver.answers(Source.CACHE));
    assertEquals(List.of(), errors.newestFirst());
  }

  @Test
  void fromTheServersOfAZone() {
    NamePolicy policy =
        new NamePolicy(
            List.of(),
            true,
            null,
            SearchPolicy.OFF,
            true,
            Map.of(
                "corp.example",
                ZoneTarget.OWN_SERVERS,
                "www.corp.example",
                ZoneTarget.DEFAULT_SERVERS));
    resolver = new WatchedResolver(Resolvers.with(witnesses, policy), watch, errors, timers);
    assertEquals("db.corp.example: found from zone 192.0.2.53", told("db.corp.example"));
    assertEquals("www.corp.example: found from upstream 192.0.2.53", told("www.corp.example"));
    witnesses.exist("another.example");
    assertEquals("db.corp.example: no such name from zone 192.0.2.53", told("db.corp.example"));
    assertEquals(2, resolver.answers(Source.ZONE));
    assertEquals(1, resolver.answers(Source.UPSTREAM));
  }

  /** A failure is no answer. */
  @Test
  void inThePlaceOfServersThatAreAway() {
    witnesses.fails(RecordType.A, failure(Kind.UNREACHABLE));
    witnesses.fails(RecordType.AAAA, failure(Kind.UNREACHABLE));
    told("www.example.com");
    NamePolicy opportunistic = new NamePolicy(List.of(), true, null, SearchPolicy.OFF, true);
    resolver = new WatchedResolver(Resolvers.with(witnesses, opportunistic), watch, errors, timers);
    witnesses.outOfReach = true;
    assertEquals("www.example.com: found from opportunistic null", told("www.example.com"));
    assertEquals(1, resolver.answers(Source.OPPORTUNISTIC));
    assertEquals(0, resolver.answers(Source.UPSTREAM));
    assertEquals(0, resolver.answers(Source.SYSTEM));
  }

  /** Of two questions, the one that it took longer to hear of. */
  @Test
  void theFartherOfTwoAnswersCounts() {
    witnesses.answers(
        RecordType.A, Answer.addresses(List.of(Witnesses.IPV4), 1, "192.0.2.1", Source.CACHE));
    witnesses.answers(
        RecordType.AAAA, Answer.addresses(List.of(Witnesses.IPV6), 1, "192.0.2.2", Source.STALE));
    assertEquals("www.example.com: found from stale 192.0.2.2", told("www.example.com"));
    witnesses.answers(RecordType.AAAA, Answer.noData(1, "192.0.2.3"));
    assertEquals("www.example.com: found from upstream 192.0.2.3", told("www.example.com"));
  }

  @Test
  void noDataAndNoSuchNameAreTold() {
    witnesses.answers(RecordType.A, Answer.noData(1, "192.0.2.53"));
    witnesses.answers(RecordType.AAAA, Answer.noData(1, "192.0.2.53"));
    assertEquals("www.example.com: no data from upstream 192.0.2.53", told("www.example.com"));
    witnesses.exist("another.example");
    assertEquals("www.example.com: no such name from upstream 192.0.2.53", told("www.example.com"));
    assertEquals("tv.local: no such name from system null", told("tv.local"));
    witnesses.systemFailure = new UnknownHostException("Temporary failure in name resolution");
    assertEquals("tv.local: system failure from system null", told("tv.local"));
    for (Kind kind : Kind.values()) {
      assertEquals(0, resolver.failures(kind), kind.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void failures(Kind kind) {
    witnesses.fails(RecordType.A, failure(kind)).fails(RecordType.AAAA, failure(kind));
    String outcome = kind.toString().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    assertEquals("www.example.com: " + outcome + " from upstream null", told("www.example.com"));
    assertEquals(1, resolver.lookups());
    for (Kind other : Kind.values()) {
      assertEquals(other == kind ? 1 : 0, resolver.failures(other));
    }
    assertEquals(
        List.of("1970-01-01T00:00:00Z www.example.com: no answer over TLS: 192.0.2.53@853 x"),
        errors.newestFirst());
  }

  @Test
  void noAnswerInTime() {
    CompletableFuture<Answer> never = new CompletableFuture<>();
    PolicyResolver impatient =
        new PolicyResolver(
            witnesses.answers(RecordType.A, never).answers(RecordType.AAAA, never).dot(),
            witnesses.system(),
            Resolvers.policy(List.of(), true, null),
            SameThread.THREADS,
            timers,
            0,
            new io.github.dotagent.testing.RecordedLog());
    resolver = new WatchedResolver(impatient, watch, errors, timers);
    assertEquals("www.example.com: timeout from upstream null", told("www.example.com"));
    assertEquals(1, resolver.failures(Kind.TIMEOUT));
  }

  @Test
  void namesOfAddresses() throws Exception {
    watch.by(watcher);
    assertEquals("host.example.com", resolver.nameOf(Witnesses.IPV4));
    assertEquals(List.of("192.0.2.3: found from upstream 192.0.2.53"), told);
    witnesses.fails(RecordType.PTR, failure(Kind.UNREACHABLE));
    assertThrows(UnknownHostException.class, () -> resolver.nameOf(Witnesses.IPV4));
    assertEquals("192.0.2.3: unreachable from upstream null", told.get(1));
    assertEquals(2, resolver.lookups());
    assertEquals(1, resolver.failures(Kind.UNREACHABLE));
  }

  @Test
  void lookupsAreCountedWithoutAWatcher() throws Exception {
    assertArrayEquals(
        Witnesses.IPV4,
        resolver.addresses("www.example.com", AddressFamilyPolicy.IPV4_FIRST)[0].getAddress());
    assertEquals(1, resolver.lookups());
    assertEquals(List.of(), told);
  }
}
