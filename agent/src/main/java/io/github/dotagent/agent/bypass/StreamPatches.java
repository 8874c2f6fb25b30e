package io.github.dotagent.agent.bypass;

import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.concurrent.UninterruptibleWait;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Patches classes that are already loaded: mainly TCP sockets, once they are needed. Safe for use
 * by any number of threads.
 *
 * <p>A thread that loads a UDP class waits within that load until TCP classes are patched.
 * Otherwise a program could open a UDP socket and connect a TCP socket before. Another thread
 * patches, because within a transformer the JVM calls no other transformer (JPLISAgent.c,
 * reentrancy token). That thread needs none of these classes.
 */
final class StreamPatches {
  /**
   * The time from the transformer's call until the class is loaded: microseconds, unless the
   * machine is starved.
   */
  private static final long LOAD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * The most threads that are started again if a program stops (Thread.stop) each thread that
   * patches.
   */
  private static final int MOST_STOPPED = 3;

  /** The interval between two checks whether the class is loaded. */
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final long timeoutNanos;
  private final Instrumentation instrumentation;
  private final Retransformer retransformer;
  private final SocketPatcher patcher;
  private final AtomicReference<Patching> patching = new AtomicReference<>(); // null until wanted
  private final List<ClassFileTransformer> added = new ArrayList<>(); // guarded by itself
  private boolean ended; // guarded by added

  /** A bit for each class of streams whose load was seen while they were not wanted. */
  private final AtomicInteger leftAlone = new AtomicInteger();

  private volatile boolean wanted;
  private volatile LoadedPatch again; // re-patches lost classes; null: none was lost

  /**
   * @param timeoutNanos how long the load of a class waits for another thread to be done
   */
  StreamPatches(
      long timeoutNanos,
      Instrumentation instrumentation,
      Retransformer retransformer,
      SocketPatcher patcher) {
    this.timeoutNanos = timeoutNanos;
    this.instrumentation = instrumentation;
    this.retransformer = retransformer;
    this.patcher = patcher;
  }

  /**
   * Whether a stream class that is being loaded must be patched. If not, it is found later.
   *
   * @param stream its own bit
   */
  boolean isWantedFor(int stream) {
    int known = leftAlone.get();
    // set before "wanted" is read: so either this thread sees "wanted", or the other thread sees
    // the bit
    while (!wanted && !leftAlone.compareAndSet(known, known | stream)) {
      known = leftAlone.get();
    }
    return wanted;
  }

  /** Whether stream classes must be patched. */
  boolean areWanted() {
    return wanted;
  }

  /** Returns when TCP sockets are patched, the loaded ones and later ones. */
  void patch() {
    wanted = true;
    for (Patching known = patching.get(); ; known = patching.get()) {
      if (known == null || known.isStopped()) {
        Patching next = new Patching(known == null ? 0 : known.number + 1);
        if (next.number > MOST_STOPPED) {
          patcher.failed(
              new IllegalStateException("the program stopped every thread that patches sockets"));
          return;
        }
        if (patching.compareAndSet(known, next)) {
          next.begin();
        }
      } else {
        known.await();
        if (!known.isStopped()) {
          return;
        }
      }
    }
  }

  private final class Patching implements Runnable {
    final int number; // how many were stopped before this one
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Thread thread; // null until it begins
    private volatile boolean over;

    Patching(int number) {
      this.number = number;
    }

    void begin() {
      try {
        thread = AgentThread.of("bypass", this);
        thread.start();
      } catch (OutOfMemoryError noThread) {
        patcher.failed(noThread);
        end();
      }
    }

    /** Whether its thread was stopped (Thread.stop) before it came to its end. */
    boolean isStopped() {
      return done.getCount() == 0 && !over;
    }

    void await() {
      if (thread != Thread.currentThread()) {
        UninterruptibleWait.within(timeoutNanos, done);
      }
    }

    void end() {
      over = true;
      done.countDown();
    }

    @Override
    public void run() {
      try {
        awaitThoseBeingLoaded();
        patchOf(Arrays.asList(retransformer.ofBootstrapLoader()));
        over = true;
      } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError refused) {
        over = true;
        patcher.failed(refused);
      } finally {
        done.countDown();
      }
    }
  }

  /** A class that was not patched, and is not loaded yet, would be missed. */
  private void awaitThoseBeingLoaded() {
    long end = System.nanoTime() + LOAD_NANOS;
    while (!areThere(leftAlone.get()) && System.nanoTime() - end < 0 && !retransformer.hasEnded()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private boolean areThere(int bits) {
    int missing = bits;
    if (missing != 0) {
      for (Class<?> one : retransformer.ofBootstrapLoader()) {
        missing &= ~SocketClasses.streamBit(nameOf(one));
      }
    }
    return missing == 0;
  }

  /** Patches all loaded classes that need it, as after an attach. */
  void patchLoaded() {
    List<Class<?>> candidates = new ArrayList<>();
    for (Class<?> one : retransformer.all()) {
      if (LoadedEarlier.mayBePatched(one)) {
        candidates.add(one);
        String name = nameOf(one);
        if (SocketClasses.isDatagrams(name) || LibraryClasses.isResolver(name)) {
          wanted = true;
        }
      }
    }
    patchOf(candidates);
  }

  private void patchOf(Iterable<Class<?>> candidates) {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> one : candidates) {
      if (isToBePatched(nameOf(one))) {
        loaded.add(one);
      }
    }
    patchAll(loaded);
  }

  private LoadedPatch patchAll(List<Class<?>> loaded) {
    LoadedPatch patch = new LoadedPatch(loaded, patcher);
    if (loaded.isEmpty()) {
      return patch;
    }
    try {
      synchronized (added) {
        if (ended) {
          return patch; // the JVM's end would wait for a thread that looks at classes
        }
        added.add(patch);
        instrumentation.addTransformer(patch, true);
      }
    } catch (RuntimeException | LinkageError | VirtualMachineError refused) {
      patcher.failed(refused);
      return patch;
    }
    redefine(loaded);
    return patch;
  }

  /**
   * Patches sockets first, and together if possible. Classes of a library are patched one by one,
   * because a library may be broken.
   */
  private void redefine(List<Class<?>> loaded) {
    List<Class<?>> sockets = new ArrayList<>();
    for (Class<?> one : loaded) {
      if (!LibraryClasses.isPatched(nameOf(one))) {
        sockets.add(one);
      }
    }
    if (!sockets.isEmpty() && !isRedefined(sockets.toArray(new Class<?>[0]))) {
      for (Class<?> one : sockets) {
        if (sockets.size() == 1 || !isRedefined(one)) {
          patcher.refused(nameOf(one));
        }
      }
    }
    for (Class<?> one : loaded) {
      if (LibraryClasses.isPatched(nameOf(one))) {
        isRedefined(one);
      }
    }
  }

  /** False if the JVM refuses: then none of the classes is changed. */
  private boolean isRedefined(Class<?>... classes) {
    try {
      retransformer.retransform(classes);
      return true;
    } catch (UnmodifiableClassException
        | RuntimeException
        | LinkageError
        | VirtualMachineError refused) {
      patcher.failed(refused);
      return false;
    }
  }

  /**
   * Patches loaded classes whose patch has failed for lack of stack or memory, or was refused.
   *
   * @return the names of those that are patched now
   */
  Set<String> patchMissed() {
    Set<String> patched = patcher.missed();
    if (patched.isEmpty()) {
      return patched;
    }
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> one : retransformer.all()) {
      if (patched.contains(nameOf(one))) {
        loaded.add(one);
      }
    }
    LoadedPatch patch = patchAll(loaded);
    patched.removeAll(patcher.missed());
    if (patched.isEmpty()) {
      remove(patch);
    }
    return patched;
  }

  private void remove(LoadedPatch patch) {
    instrumentation.removeTransformer(patch);
    synchronized (added) {
      added.remove(patch);
    }
  }

  /** Patches these classes again, behind the transformer that removed the patch. */
  void patchAgain(Set<String> names) {
    List<Class<?>> lost = new ArrayList<>();
    if (names.isEmpty()) {
      return;
    }
    for (Class<?> one : retransformer.ofBootstrapLoader()) {
      if (names.contains(nameOf(one))) {
        lost.add(one);
      }
    }
    LoadedPatch before = again;
    if (before != null) {
      remove(before);
    }
    again = patchAll(lost);
  }

  private boolean isToBePatched(String name) {
    if (LibraryClasses.isPatched(name)) {
      return true;
    }
    boolean isSocket =
        SocketClasses.isDatagrams(name) || wanted && SocketClasses.streamBit(name) != 0;
    return isSocket && !patcher.has(name);
  }

  private static String nameOf(Class<?> loaded) {
    return loaded.getName().replace('.', '/');
  }

  /** Removes the transformers, and ends all waiting. */
  void end() {
    Patching known = patching.get();
    if (known != null) {
      known.end();
    }
    synchronized (added) {
      ended = true;
      for (ClassFileTransformer patch : added) {
        instrumentation.removeTransformer(patch);
      }
    }
  }

  /** Patches loaded classes, and again whenever another agent redefines them. */
  private static final class LoadedPatch implements ClassFileTransformer {
    private final List<Class<?>> classes;
    private final SocketPatcher patcher;

    LoadedPatch(List<Class<?>> classes, SocketPatcher patcher) {
      this.classes = classes;
      this.patcher = patcher;
    }

    @Override
    public byte[] transform(
        ClassLoader loader,
        String name,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] classFile) {
      return redefined != null && classes.contains(redefined)
          ? patcher.patched(name, classFile)
          : null;
    }
  }
}
