package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.CleartextNames;
import io.github.dotagent.metrics.LookupOutcome;
import io.github.dotagent.metrics.RecentErrors;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.testing.SameThread;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the program gets with {@code mode=observe}, and what enforcing is taken to say. */
class ObservedResolverTest {
  private final Witnesses witnesses = new Witnesses();
  private final CleartextNames names = new CleartextNames();
  private final List<String> seen = new ArrayList<>();
  private final CountedSystem counted =
      new CountedSystem(witnesses.system(), names, new ManualTimers(), new RecordedLog());
  private final WatchedResolver watched =
      new WatchedResolver(
          Resolvers.with(witnesses), new Watch(), new RecentErrors(), new ManualTimers());
  private Throwable defect;

  private final SystemAnswerObserver observer =
      (host, order, found) -> {
        seen.add(host + " " + order + " " + (found == null ? "none" : found.length));
        if (defect != null) {
          ObservedResolverTest.<RuntimeException>throwIt(defect);
        }
      };

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwIt(Throwable any) throws E {
    throw (E) any;
  }

  private ObservedResolver resolver(SystemResolver system) {
    return new ObservedResolver(system, counted, watched, observer);
  }

  private final ObservedResolver resolver = resolver(witnesses.system());

  @Test
  void theSystemsAnswersAndNoOthers() throws Exception {
    InetAddress[] answer = {InetAddress.getByName("192.0.2.9"), InetAddress.getByName("192.0.2.1")};
    UnknownHostException refusal = new UnknownHostException("of the JDK");
    ObservedResolver fixed =
        resolver(
            new SystemResolver() {
              @Override
              public InetAddress[] addresses(String host, AddressFamilyPolicy order)
                  throws UnknownHostException {
                if (host.equals("no.example")) {
                  throw refusal;
                }
                return answer;
              }

              @Override
              public String nameOf(byte[] address) throws UnknownHostException {
                throw refusal;
              }

              @Override
              public String localHostName() {
                return "";
              }
            });
    assertSame(answer, fixed.addresses("www.example.com", AddressFamilyPolicy.IPV6_FIRST));
    assertSame(
        refusal,
        assertThrows(
            UnknownHostException.class,
            () -> fixed.addresses("no.example", AddressFamilyPolicy.IPV4_ONLY)));
    assertSame(refusal, assertThrows(UnknownHostException.class, () -> fixed.nameOf(new byte[4])));
    assertEquals(List.of("www.example.com IPV6_FIRST 2", "no.example IPV4_ONLY none"), seen);
    assertEquals(3, watched.lookups());
  }

  @Test
  void allCountsAsInTheClear() throws Exception {
    resolver.addresses("www.example.com", AddressFamilyPolicy.IPV4_FIRST);
    resolver.nameOf(new byte[] {10, 0, 0, 1});
    assertEquals(2, names.count());
    assertEquals(2, watched.answers(Source.OBSERVE));
    assertEquals(
        List.of("system www.example.com IPV4_FIRST", "system 10.0.0.1"), witnesses.asked());
  }

  /** The program has its answer. */
  @Test
  void noDefectReachesTheProgram() throws Exception {
    for (Throwable each :
        List.of(new IllegalStateException(), new OutOfMemoryError(), new StackOverflowError())) {
      defect = each;
      assertEquals(
          List.of("www.example.com/10.0.0.2"),
          Resolvers.texts(resolver.addresses("www.example.com", AddressFamilyPolicy.IPV4_FIRST)));
    }
  }

  /** Of the system resolver itself they do. */
  @Test
  void errorsOfTheSystemResolverReachIt() {
    witnesses.whileSystemIsAsked =
        () -> {
          throw new StackOverflowError();
        };
    assertThrows(
        StackOverflowError.class,
        () -> resolver.addresses("www.example.com", AddressFamilyPolicy.IPV4_FIRST));
    assertEquals(List.of(), seen);
  }

  private EnforceModeNames enforced() {
    EnforceModeNames enforced = new EnforceModeNames(witnesses.system());
    NamePolicy policy =
        new NamePolicy(
            List.of("local"), true, null, SearchPolicy.OFF.with(List.of("corp.example")), false);
    enforced.decidedBy(
        new PolicyResolver(
            witnesses.dot(),
            enforced.system(),
            policy,
            SameThread.THREADS,
            new ManualTimers(),
            Resolvers.TIMEOUT,
            new RecordedLog()));
    return enforced;
  }

  @Test
  void enforcingAsksTheServers() {
    EnforceModeAnswer answer =
        enforced().of("www.example.com", AddressFamilyPolicy.IPV4_ONLY, null);
    assertEquals(LookupOutcome.FOUND, answer.outcome());
    assertEquals(Source.UPSTREAM, answer.source());
    assertEquals(1, answer.addresses().size());
    assertEquals(List.of("dot www.example.com A"), witnesses.asked());
  }

  /** It has told the program already. */
  @Test
  void theSystemResolverIsNotAskedAgain() throws Exception {
    InetAddress[] told = {InetAddress.getByName("192.0.2.9")};
    EnforceModeAnswer answer = enforced().of("tv.local", AddressFamilyPolicy.IPV4_ONLY, told);
    assertEquals(Source.SYSTEM, answer.source());
    assertEquals(List.of(told[0]), answer.addresses());
    answer = enforced().of("tv.local.", AddressFamilyPolicy.IPV4_ONLY, null);
    assertEquals(LookupOutcome.NO_SUCH_NAME, answer.outcome());
    assertEquals(List.of(), witnesses.asked());
  }

  @Test
  void theNameThatTheSystemFoundByItsSearchList() {
    witnesses.exist("db.prod.corp.example.");
    assertEquals(
        "db.prod.corp.example", enforced().systemsName("db.prod", AddressFamilyPolicy.IPV4_ONLY));
    assertEquals(
        "www.example.com",
        enforced().systemsName("WWW.example.com.", AddressFamilyPolicy.IPV4_ONLY));
  }
}
