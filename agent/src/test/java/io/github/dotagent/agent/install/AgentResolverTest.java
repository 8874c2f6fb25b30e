package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.hook.ProbeName;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.SystemResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentResolverTest {
  private static final long LONG = TimeUnit.HOURS.toNanos(1);

  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};

  private final List<String> asked = new CopyOnWriteArrayList<>();

  private final HostResolver core =
      new HostResolver() {
        @Override
        public InetAddress[] addresses(String host, AddressFamilyPolicy order)
            throws UnknownHostException {
          asked.add(host + " " + order);
          return new InetAddress[] {InetAddress.getByAddress(host, ADDRESS)};
        }

        @Override
        public String nameOf(byte[] address) {
          asked.add("name of " + (address[0] & 0xff));
          return "host.example.com";
        }
      };

  private static String refusal(HostResolver resolver) {
    UnknownHostException refused =
        assertThrows(
            UnknownHostException.class,
            () -> resolver.addresses("www.example.com", AddressFamilyPolicy.IPV4_FIRST));
    return refused.getMessage();
  }

  /** What comes of it on a thread of the program's. */
  private static <T> CompletableFuture<T> elsewhere(Callable<T> call) {
    return on(new Thread[1], call);
  }

  private static <T> CompletableFuture<T> on(Thread[] thread, Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    thread[0] = new Thread(() -> complete(result, call), "of the program");
    thread[0].setDaemon(true);
    thread[0].start();
    return result;
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> call) {
    try {
      result.complete(call.call());
    } catch (Exception | Error failed) {
      result.completeExceptionally(failed);
    }
  }

  @Test
  void lookupsGoToTheCore() throws UnknownHostException {
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(() -> core, () -> {});
    InetAddress[] found = resolver.addresses("Www.Example.com", AddressFamilyPolicy.IPV6_FIRST);
    assertEquals("Www.Example.com/192.0.2.1", found[0].toString());
    assertEquals("host.example.com", resolver.nameOf(ADDRESS));
    assertEquals(List.of("Www.Example.com IPV6_FIRST", "name of 192"), asked);
  }

  @Test
  void theCoreIsMadeByAThreadOfTheAgent() {
    CompletableFuture<Thread> maker = new CompletableFuture<>();
    new AgentResolver(LONG)
        .start(
            () -> {
              maker.complete(Thread.currentThread());
              return core;
            },
            () -> {});
    assertInstanceOf(AgentThread.class, maker.join());
    assertEquals("dot-agent-start", maker.join().getName());
  }

  @Test
  void aFailedStartIsAwaited() {
    AgentResolver made = new AgentResolver(LONG);
    made.start(() -> core, () -> {});
    assertNull(made.awaitFailure(LONG));
    AgentResolver failed = new AgentResolver(LONG);
    IllegalStateException broken = new IllegalStateException("broken");
    failed.start(
        () -> {
          throw broken;
        },
        () -> {});
    assertSame(broken, failed.awaitFailure(LONG));
    assertNull(new AgentResolver(LONG).awaitFailure(0), "it still starts");
  }

  @Test
  void laterWorkDoesNotDelayTheStart() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CompletableFuture<Boolean> after = new CompletableFuture<>();
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(() -> core, () -> complete(after, () -> answered.await(1, TimeUnit.MINUTES)));
    resolver.addresses("www.example.com", AddressFamilyPolicy.IPV4_FIRST);
    answered.countDown();
    assertTrue(after.join());
  }

  @Test
  void theProbeIsAnsweredBeforeThereIsACore() throws UnknownHostException {
    AgentResolver resolver = new AgentResolver(0);
    InetAddress[] found = resolver.addresses(ProbeName.FIRST, AddressFamilyPolicy.IPV4_FIRST);
    assertEquals(ProbeName.FIRST + "/192.0.2.53", found[0].toString());
    assertEquals(List.of(), asked);
  }

  @Test
  void theThreadThatInstallsTheAgentDoesNotWaitForIt() {
    AgentResolver resolver = new AgentResolver(LONG);
    assertEquals("www.example.com: refused: dot-agent is being installed", refusal(resolver));
    UnknownHostException reverse =
        assertThrows(UnknownHostException.class, () -> resolver.nameOf(ADDRESS));
    assertEquals("reverse lookup: refused: dot-agent is being installed", reverse.getMessage());
  }

  @Test
  void aLookupOnAThreadOfTheAgentIsRefused() {
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(() -> core, () -> {});
    CompletableFuture<String> refused = new CompletableFuture<>();
    AgentThread.of("test", () -> complete(refused, () -> refusal(resolver))).start();
    assertEquals("www.example.com: refused: lookup from a dot-agent thread", refused.join());
    assertEquals(List.of(), asked);
  }

  @Test
  void anotherThreadWaitsNoLongerThanALookupMay() {
    AgentResolver resolver = new AgentResolver(0);
    assertEquals(
        "www.example.com: dot-agent did not start within timeout.start",
        elsewhere(() -> refusal(resolver)).join());
    CountDownLatch never = new CountDownLatch(1);
    resolver.start(
        () -> {
          never.await();
          return core;
        },
        () -> {});
    assertEquals(
        "www.example.com: dot-agent did not start within timeout.start", refusal(resolver));
    never.countDown();
  }

  @Test
  void eachLookupReportsACoreThatCannotStart() {
    IllegalStateException broken = new IllegalStateException("no trust store");
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(
        () -> {
          throw broken;
        },
        () -> asked.add("went on"));
    for (int lookup = 0; lookup < 2; lookup++) {
      UnknownHostException unknown =
          assertThrows(UnknownHostException.class, () -> resolver.nameOf(ADDRESS));
      assertEquals(
          "reverse lookup: dot-agent could not start: java.lang.IllegalStateException:"
              + " no trust store",
          unknown.getMessage());
      assertSame(broken, unknown.getCause());
    }
    assertEquals(List.of(), asked);
  }

  /** By Thread.stop, up to Java 19: once while the core is made, once afterwards. */
  @Test
  void aStartThatIsStoppedIsBegunAgain() throws Exception {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger followed = new AtomicInteger();
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(
        () -> {
          if (made.incrementAndGet() == 1) {
            throw new ThreadDeath();
          }
          return core;
        },
        () -> {
          if (followed.incrementAndGet() == 1) {
            throw new ThreadDeath();
          }
          over.complete(true);
        });
    assertEquals("host.example.com", resolver.nameOf(ADDRESS));
    assertTrue(over.join());
    assertEquals(2, made.get(), "it is made once it is whole");
    assertEquals(2, followed.get());
  }

  /** The thread is stopped on its last steps, when it has told that there is no core. */
  @Test
  void aStartThatHasFailedDoesNotGoOnWhenItIsStopped() throws Exception {
    CompletableFuture<Thread> first = new CompletableFuture<>();
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(
        () -> {
          Thread starting = Thread.currentThread();
          Thread.UncaughtExceptionHandler end = starting.getUncaughtExceptionHandler();
          first.complete(
              new Thread(() -> end.uncaughtException(starting, new ThreadDeath()), "its end"));
          throw new IllegalStateException("no trust store");
        },
        () -> asked.add("went on"));
    Thread end = first.get();
    assertTrue(refusal(resolver).endsWith("no trust store"));
    end.start();
    end.join();
    assertTrue(resolver.awaitStart(LONG));
    assertTrue(refusal(resolver).endsWith("no trust store"));
    assertEquals(List.of(), asked);
  }

  /** What is broken afterwards is no stop: nothing is begun again, and it is not hidden. */
  @Test
  void aLaterErrorReachesTheUncaughtExceptionHandler() throws Exception {
    AtomicInteger followed = new AtomicInteger();
    AgentResolver resolver = new AgentResolver(LONG);
    CompletableFuture<Throwable> seen = new CompletableFuture<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          if (thread.getName().equals("dot-agent-start")) { // ignores threads of other tests
            seen.complete(thrown);
          }
        });
    try {
      resolver.start(
          () -> core,
          () -> {
            followed.incrementAndGet();
            throw new AssertionError("broken");
          });
      assertEquals("broken", seen.get().getMessage());
      assertTrue(resolver.awaitStart(LONG));
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertEquals(1, followed.get());
  }

  @Test
  void eachLookupReportsAStartThatIsAlwaysStopped() {
    AtomicInteger made = new AtomicInteger();
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(
        () -> {
          made.incrementAndGet();
          throw new ThreadDeath();
        },
        () -> asked.add("went on"));
    assertEquals(
        "www.example.com: dot-agent could not start: java.lang.ThreadDeath", refusal(resolver));
    assertEquals(AgentResolver.MOST_STARTS, made.get());
    assertEquals(List.of(), asked);
  }

  @Test
  void aLookupWaitsForTheCoreAndAnInterruptIsKept() throws InterruptedException {
    AgentResolver resolver = new AgentResolver(LONG);
    CountDownLatch ready = new CountDownLatch(1);
    resolver.start(
        () -> {
          ready.await();
          return core;
        },
        () -> {});
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread[] thread = new Thread[1];
    CompletableFuture<InetAddress[]> found =
        on(
            thread,
            () -> {
              InetAddress[] addresses =
                  resolver.addresses("www.example.com", AddressFamilyPolicy.IPV4_FIRST);
              interrupted.complete(Thread.currentThread().isInterrupted());
              return addresses;
            });
    awaitWaiting(thread[0]);
    thread[0].interrupt();
    awaitWaiting(thread[0]);
    assertFalse(found.isDone());
    ready.countDown();
    assertEquals("www.example.com/192.0.2.1", found.join()[0].toString());
    assertTrue(interrupted.join());
    thread[0].join();
  }

  private final SystemResolver system =
      new SystemResolver() {
        @Override
        public InetAddress[] addresses(String host, AddressFamilyPolicy order)
            throws UnknownHostException {
          asked.add("system " + host);
          return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {10, 0, 0, 1})};
        }

        @Override
        public String nameOf(byte[] address) {
          asked.add("system name of " + (address[0] & 0xff));
          return "host.of.system";
        }

        @Override
        public String localHostName() {
          throw new AssertionError("not asked for");
        }
      };

  @Test
  void lookupsAfterTheRemovalGoToTheSystem() throws UnknownHostException {
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(() -> core, () -> {});
    assertTrue(resolver.awaitStart(LONG));
    resolver.leave(system);
    assertTrue(resolver.awaitLast(0));
    InetAddress[] found = resolver.addresses("www.example.com", AddressFamilyPolicy.IPV4_FIRST);
    assertEquals("www.example.com/10.0.0.1", found[0].toString());
    assertEquals("host.of.system", resolver.nameOf(ADDRESS));
    assertEquals(List.of("system www.example.com", "system name of 192"), asked);
  }

  /** With mode=observe no lookup waits for the core, or fails without it. */
  @Test
  void whileObservingTheSystemAnswersUntilTheCoreIsThere() throws Exception {
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.observe(asIs(system));
    CountDownLatch making = new CountDownLatch(1);
    resolver.start(
        () -> {
          making.await();
          throw new IllegalStateException("no core");
        },
        () -> {});
    assertEquals(
        "early.example.com/10.0.0.1",
        resolver.addresses("early.example.com", AddressFamilyPolicy.IPV4_FIRST)[0].toString());
    making.countDown();
    assertTrue(resolver.awaitStart(LONG));
    assertEquals(
        "later.example.com/10.0.0.1",
        resolver.addresses("later.example.com", AddressFamilyPolicy.IPV4_FIRST)[0].toString());
    assertEquals("host.of.system", resolver.nameOf(ADDRESS));
  }

  private static HostResolver asIs(SystemResolver system) {
    return new HostResolver() {
      @Override
      public InetAddress[] addresses(String host, AddressFamilyPolicy order)
          throws UnknownHostException {
        return system.addresses(host, order);
      }

      @Override
      public String nameOf(byte[] address) throws UnknownHostException {
        return system.nameOf(address);
      }
    };
  }

  /** Hangs until the test tells it how to end. */
  private HostResolver hanging(CountDownLatch begun, CompletableFuture<InetAddress[]> end) {
    return new HostResolver() {
      @Override
      public InetAddress[] addresses(String host, AddressFamilyPolicy order)
          throws UnknownHostException {
        begun.countDown();
        try {
          return end.get();
        } catch (InterruptedException | ExecutionException failed) {
          throw new UnknownHostException(host + ": connection closed");
        }
      }

      @Override
      public String nameOf(byte[] address) {
        throw new AssertionError("not asked for");
      }
    };
  }

  @Test
  void aLookupUnderWayEndsInTheAgent() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<InetAddress[]> end = new CompletableFuture<>();
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(() -> hanging(begun, end), () -> {});
    CompletableFuture<InetAddress[]> found =
        elsewhere(() -> resolver.addresses("slow.example.com", AddressFamilyPolicy.IPV4_FIRST));
    begun.await();
    resolver.leave(system);
    assertFalse(resolver.awaitLast(0), "one is under way");
    end.complete(new InetAddress[] {InetAddress.getByAddress("slow.example.com", ADDRESS)});
    assertEquals("slow.example.com/192.0.2.1", found.join()[0].toString());
    assertTrue(resolver.awaitLast(LONG));
    assertEquals(List.of(), asked);
  }

  @Test
  void aLookupCutShortByTheRemovalGoesToTheSystem() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<InetAddress[]> end = new CompletableFuture<>();
    AgentResolver resolver = new AgentResolver(LONG);
    resolver.start(() -> hanging(begun, end), () -> {});
    CompletableFuture<InetAddress[]> found =
        elsewhere(() -> resolver.addresses("slow.example.com", AddressFamilyPolicy.IPV4_FIRST));
    begun.await();
    resolver.leave(system);
    end.completeExceptionally(new IllegalStateException());
    assertEquals("slow.example.com/10.0.0.1", found.join()[0].toString());
  }

  /** For example no thread could be made: nothing waits for an agent that never comes. */
  @Test
  void aLookupThatWaitsForAnAgentThatCannotStartGoesToTheSystem() {
    AgentResolver resolver = new AgentResolver(LONG);
    Thread[] waiting = new Thread[1];
    CompletableFuture<InetAddress[]> found =
        on(waiting, () -> resolver.addresses("slow.example.com", AddressFamilyPolicy.IPV4_FIRST));
    awaitWaiting(waiting[0]);
    resolver.cannotStart(system, new OutOfMemoryError("no thread"));
    assertEquals("slow.example.com/10.0.0.1", found.join()[0].toString());
  }

  /** Waits until the thread waits with a bound; the test's timeout ends this wait. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }
}
