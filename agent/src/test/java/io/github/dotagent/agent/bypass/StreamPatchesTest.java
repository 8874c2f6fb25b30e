package io.github.dotagent.agent.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.hook.Retransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.MulticastSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamPatchesTest {
  private static final int SOCKET = SocketClasses.streamBit("java/net/Socket");

  /** What is loaded, at one look after the other; the last one stays. */
  private final Deque<List<Class<?>>> loaded = new ArrayDeque<>(List.of(List.of()));

  private final List<Class<?>> madeAnew = new ArrayList<>();
  private final List<Object> transformers = new ArrayList<>();
  private Runnable whileMadeAnew = () -> {};

  private final Instrumentation instrumentation =
      (Instrumentation)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Instrumentation.class},
              (self, method, arguments) -> {
                switch (method.getName()) {
                  case "getInitiatedClasses":
                  case "getAllLoadedClasses":
                    return (loaded.size() > 1 ? loaded.remove() : loaded.peek())
                        .toArray(new Class<?>[0]);
                  case "addTransformer":
                    transformers.add(arguments[0]);
                    return null;
                  case "removeTransformer":
                    return transformers.remove(arguments[0]);
                  case "retransformClasses":
                    madeAnew.addAll(List.of((Class<?>[]) arguments[0]));
                    whileMadeAnew.run();
                    return null;
                  default:
                    return null;
                }
              });

  private final Retransformer retransformer = new Retransformer(instrumentation);
  private final SocketPatcher patcher = new SocketPatcher(0);
  private final StreamPatches streams =
      new StreamPatches(TimeUnit.MINUTES.toNanos(1), instrumentation, retransformer, patcher);

  @Test
  void tcpSocketsAreWantedOnceUdpIsPatched() {
    assertFalse(streams.isWantedFor(SOCKET));
    streams.patch();
    assertTrue(streams.isWantedFor(SOCKET));
  }

  /** Left alone while it was loaded, and not there yet: the next look has it. */
  @Test
  void aClassThatFinishesLoadingIsPatchedInTheNextLook() {
    assertFalse(streams.isWantedFor(SOCKET));
    loaded.add(List.of());
    loaded.add(List.of(Socket.class));
    streams.patch();
    assertEquals(List.of(Socket.class), madeAnew);
  }

  @Test
  void theSecondPatchDoesNothing() {
    loaded.add(List.of(Socket.class));
    loaded.remove();
    streams.patch();
    streams.patch();
    assertEquals(List.of(Socket.class), madeAnew);
  }

  /** Another class of UDP, loaded by another thread: its program may connect next. */
  @Test
  void aSecondThreadWaitsForTheFirst() throws InterruptedException {
    loaded.add(List.of(Socket.class));
    loaded.remove();
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch making = new CountDownLatch(1);
    whileMadeAnew =
        () -> {
          making.countDown();
          await(goOn);
        };
    Thread first = new Thread(streams::patch);
    first.start();
    making.await();
    Thread second = new Thread(streams::patch);
    second.start();
    while (second.getState() != Thread.State.TIMED_WAITING) {
      assertTrue(second.isAlive(), "it does not wait");
      Thread.onSpinWait();
    }
    goOn.countDown();
    first.join();
    second.join();
    assertEquals(List.of(Socket.class), madeAnew);
  }

  @Test
  void theThreadThatPatchesDoesNotWaitForItself() {
    loaded.add(List.of(Socket.class));
    loaded.remove();
    whileMadeAnew = streams::patch;
    streams.patch();
    assertEquals(List.of(Socket.class), madeAnew);
  }

  @Test
  void afterTheEndOfTheJvmBeginsNoClassIsRedefined() throws InterruptedException {
    loaded.add(List.of(Socket.class));
    loaded.remove();
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch making = new CountDownLatch(1);
    whileMadeAnew =
        () -> {
          making.countDown();
          await(goOn);
        };
    Thread first = new Thread(streams::patch);
    first.start();
    making.await();
    Thread end = new Thread(retransformer::end);
    end.start();
    while (!retransformer.hasEnded() || end.getState() != Thread.State.TIMED_WAITING) {
      assertTrue(end.isAlive(), "the end waits for what is made anew");
      Thread.onSpinWait();
    }
    goOn.countDown();
    first.join();
    end.join();
    new StreamPatches(0, instrumentation, retransformer, new SocketPatcher(0)).patch();
    assertEquals(List.of(Socket.class), madeAnew, "once");
  }

  /** From Java 26 on the death of the JVM waits for transformers. */
  @Test
  void afterTheEndOfTheJvmBeginsNoTransformerIsAdded() {
    loaded.add(List.of(Socket.class));
    loaded.remove();
    streams.patch();
    assertEquals(1, transformers.size());
    streams.end();
    assertEquals(List.of(), transformers);
    streams.patchAgain(Set.of("java/net/Socket"));
    assertEquals(List.of(), transformers);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  /** There was no stack to patch it while it was loaded: the watchdog's proof patches it. */
  @Test
  void aMissedClassIsPatchedLater() {
    loaded.add(List.of(String.class, Socket.class));
    loaded.remove();
    miss();
    assertEquals(Set.of(), streams.patchMissed(), "no stack again");
    assertEquals(List.of(), transformers);
    whileMadeAnew = () -> patcher.patched("java/net/Socket", new byte[1], () -> new byte[2]);
    assertEquals(Set.of("java/net/Socket"), streams.patchMissed());
    assertEquals(1, transformers.size());
    assertEquals(List.of(Socket.class, Socket.class), madeAnew);
    assertEquals(Set.of(), streams.patchMissed(), "once");
    assertEquals(2, madeAnew.size());
  }

  private void miss() {
    patcher.patched(
        "java/net/Socket",
        new byte[1],
        () -> {
          throw new StackOverflowError();
        });
  }

  /** A library that cannot be patched does not keep sockets in the clear. */
  @Test
  void socketsArePatchedFirstThenEachLibraryAlone() {
    Class<?> library = new OneClass().named("a.resolver.dns.DnsNameResolver");
    loaded.add(List.of(library, DatagramSocket.class, MulticastSocket.class));
    loaded.remove();
    List<Integer> sizes = new ArrayList<>();
    whileMadeAnew =
        () -> {
          sizes.add(madeAnew.size());
          throw new InternalError("of the JVM");
        };
    streams.patchLoaded();
    assertEquals(List.of(2, 3, 4, 5), sizes, "sockets together, then alone, then the library");
    assertEquals(library, madeAnew.get(4));
    assertEquals(InternalError.class, patcher.failure().getClass());
  }

  private void patchAsTheJvmAsks() {
    patcher.patched("java/net/Socket", new byte[1], () -> new byte[2]);
  }

  /** For example, another agent's transformer has spoilt the class file. */
  @Test
  void aPatchThatTheJvmRefusesIsTriedAgain() {
    loaded.add(List.of(Socket.class));
    loaded.remove();
    whileMadeAnew =
        () -> {
          patchAsTheJvmAsks();
          throw new VerifyError("of another agent");
        };
    streams.patch();
    assertFalse(patcher.has("java/net/Socket"));
    assertEquals(Set.of("java/net/Socket"), patcher.missed());
    whileMadeAnew = this::patchAsTheJvmAsks;
    assertEquals(Set.of("java/net/Socket"), streams.patchMissed());
    assertTrue(patcher.has("java/net/Socket"));
    assertEquals(List.of(Socket.class, Socket.class), madeAnew);
  }

  /** The JVM redefines all of them or none. */
  @Test
  void aRefusedSocketClassDoesNotPreventThePatchOfTheOthers() {
    loaded.add(List.of(DatagramSocket.class, Socket.class));
    loaded.remove();
    whileMadeAnew =
        () -> {
          Class<?> last = madeAnew.get(madeAnew.size() - 1);
          if (last == Socket.class) {
            throw new VerifyError("of another agent");
          }
        };
    streams.patchLoaded();
    assertEquals(
        List.of(DatagramSocket.class, Socket.class, DatagramSocket.class, Socket.class), madeAnew);
    assertEquals(Set.of("java/net/Socket"), patcher.missed());
  }

  /** It may ask over TCP alone. */
  @Test
  void aLoadedResolverClassCausesThePatchOfTcpSockets() {
    Class<?> resolver = new OneClass().named("org.xbill.DNS.SimpleResolver");
    loaded.add(List.of(resolver, Socket.class));
    loaded.remove();
    streams.patchLoaded();
    assertTrue(streams.areWanted());
    assertEquals(List.of(Socket.class), madeAnew);
  }

  /** By Thread.stop of the program's: what is not patched would ask in the clear. */
  @Test
  void anotherThreadPatchesAfterAStoppedOne() {
    loaded.add(List.of(Socket.class));
    loaded.remove();
    whileMadeAnew =
        () -> {
          if (madeAnew.size() < 3) {
            throw new ThreadDeath();
          }
        };
    streams.patch();
    assertEquals(List.of(Socket.class, Socket.class, Socket.class), madeAnew);
  }

  @Test
  void aProgramThatStopsEachThreadDoesNotLoopForEver() {
    loaded.add(List.of(Socket.class));
    loaded.remove();
    whileMadeAnew =
        () -> {
          throw new ThreadDeath();
        };
    streams.patch();
    streams.patch();
    assertEquals(4, madeAnew.size());
  }
}
