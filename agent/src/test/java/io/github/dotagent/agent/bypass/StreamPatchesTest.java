package io.github.dotagent.agent.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.hook.Retransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
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
  private final StreamPatches streams =
      new StreamPatches(
          TimeUnit.MINUTES.toNanos(1), instrumentation, retransformer, new SocketPatcher(0));

  @Test
  void nothingIsWantedUntilThereIsUdp() {
    assertFalse(streams.isWantedFor(SOCKET));
    streams.patch();
    assertTrue(streams.isWantedFor(SOCKET));
  }

  /** Left alone while it was loaded, and not there yet: the next look has it. */
  @Test
  void aClassThatIsBeingLoadedIsAwaited() {
    assertFalse(streams.isWantedFor(SOCKET));
    loaded.add(List.of());
    loaded.add(List.of(Socket.class));
    streams.patch();
    assertEquals(List.of(Socket.class), madeAnew);
  }

  @Test
  void onlyTheFirstPatches() {
    loaded.add(List.of(Socket.class));
    loaded.remove();
    streams.patch();
    streams.patch();
    assertEquals(List.of(Socket.class), madeAnew);
  }

  /** Another class of UDP, loaded by another thread: its program may connect next. */
  @Test
  void theSecondWaitsUntilTheFirstIsDone() throws InterruptedException {
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
  void nothingIsMadeAnewOnceTheJvmEnds() throws InterruptedException {
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
  void noTransformerIsAddedOnceTheJvmEnds() {
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

  /** By Thread.stop of the program's: what is not patched would ask in the clear. */
  @Test
  void anotherThreadReplacesAStoppedOne() {
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
