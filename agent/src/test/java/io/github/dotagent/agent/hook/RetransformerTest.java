package io.github.dotagent.agent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RetransformerTest {
  private final List<Class<?>> madeAnew = new ArrayList<>();
  private Runnable whileMadeAnew = () -> {};

  private final Instrumentation instrumentation =
      (Instrumentation)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Instrumentation.class},
              (self, method, arguments) -> {
                assertEquals("retransformClasses", method.getName());
                whileMadeAnew.run();
                madeAnew.addAll(List.of((Class<?>[]) arguments[0]));
                return null;
              });

  private final Retransformer retransformer = new Retransformer(instrumentation);

  /** The verifier needs to know whether a returned class fits, and asks the loader for it then. */
  @Test
  void aClassIsLinkedBeforeItIsRetransformed() throws Exception {
    Recording loader = new Recording();
    Class<?> unlinked = Class.forName(Linked.class.getName(), false, loader);
    assertFalse(loader.asked.contains(Returned.class.getName()), "linked as it was loaded");
    whileMadeAnew = () -> assertTrue(loader.asked.contains(Returned.class.getName()), "linked");
    assertTrue(retransformer.retransform(unlinked));
    assertEquals(List.of(unlinked), madeAnew);
  }

  /** One of a program with a part of its classes missing: the JVM decides. */
  @Test
  void aClassThatCannotBeLinkedIsStillRetransformed() throws Exception {
    Recording loader = new Recording();
    loader.missing = Returned.class.getName();
    Class<?> broken = Class.forName(Linked.class.getName(), false, loader);
    assertTrue(retransformer.retransform(broken));
    assertEquals(List.of(broken), madeAnew);
    assertTrue(loader.asked.contains(Returned.class.getName()), "it was tried");
  }

  /** A container's loader that was closed, for example. */
  @Test
  void aLoaderThatFailsDoesNotPreventTheOtherClasses() throws Exception {
    Recording loader = new Recording();
    loader.closedFor = Returned.class.getName();
    Class<?> broken = Class.forName(Linked.class.getName(), false, loader);
    assertTrue(retransformer.retransform(broken, String.class));
    assertEquals(List.of(broken, String.class), madeAnew);
    assertTrue(loader.asked.contains(Returned.class.getName()), "it was tried");
  }

  @Test
  void noClassIsRedefinedAfterTheEnd() throws Exception {
    retransformer.end();
    assertFalse(retransformer.retransform(String.class));
    assertTrue(retransformer.hasEnded());
    assertEquals(List.of(), madeAnew);
  }

  @Test
  void theEndWaitsForARetransformationInProgress() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    whileMadeAnew =
        () -> {
          begun.countDown();
          await(goOn);
        };
    Thread making = new Thread(() -> makeAnew(String.class));
    making.start();
    await(begun);
    Thread ending = new Thread(retransformer::end);
    ending.start();
    while (ending.getState() != Thread.State.TIMED_WAITING) {
      assertTrue(ending.isAlive(), "it does not wait");
      Thread.onSpinWait();
    }
    goOn.countDown();
    making.join();
    ending.join();
    assertEquals(List.of(String.class), madeAnew);
  }

  private void makeAnew(Class<?> one) {
    try {
      retransformer.retransform(one);
    } catch (UnmodifiableClassException refused) {
      throw new AssertionError(refused);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(50, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Extended by {@link Returned}. */
  static class Declared {}

  /** What the method of {@link Linked} returns. */
  static final class Returned extends Declared {}

  /** Verifying it needs {@link Returned}. */
  static final class Linked {
    Declared made() {
      return new Returned();
    }
  }

  /** Defines the classes of this test by itself, and keeps the names that it was asked for. */
  private static final class Recording extends ClassLoader {
    final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    volatile String missing = "";
    volatile String closedFor = "";

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      asked.add(name);
      if (name.equals(closedFor)) {
        throw new IllegalStateException("the loader is closed");
      }
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(RetransformerTest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = "/" + name.replace('.', '/') + ".class";
      try (InputStream in = RetransformerTest.class.getResourceAsStream(file)) {
        byte[] octets = in.readAllBytes();
        return defineClass(name, octets, 0, octets.length);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }
}
