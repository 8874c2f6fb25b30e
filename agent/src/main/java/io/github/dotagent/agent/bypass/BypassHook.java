package io.github.dotagent.agent.bypass;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.hook.BootstrapClass;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.config.BypassMode;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Patches the socket classes of the JDK before their first use, because a library could ask DNS
 * servers with them: UDP classes while they are loaded, and TCP classes before the first UDP class
 * is ready. A library asks over TCP only after a UDP response that was too long. In a program
 * without UDP, each loaded class costs a comparison of names.
 */
public final class BypassHook implements ClassFileTransformer {
  /** The interval between two checks by a waiting class load. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * The most checks at the end, of 1 ms each, or more on a busy machine. A few are usually enough,
   * because the threads are then released. But patching on a starved machine takes seconds, and if
   * the agent does not wait for it, the end of the JVM takes a minute.
   */
  private static final int LOOKS = 5_000;

  private final LookupHook hook;
  private final Instrumentation instrumentation;
  private final RedirectionGate redirection;
  private final SocketPatcher patcher;
  private final StreamPatches streams;
  private final AtomicBoolean prepared = new AtomicBoolean();
  private final AtomicInteger loading = new AtomicInteger(); // threads, a class that is patched
  private volatile Log log; // null until the agent has started

  private BypassHook(
      long timeoutNanos,
      boolean observes,
      LookupHook hook,
      Instrumentation instrumentation,
      Retransformer retransformer) {
    this.hook = hook;
    this.instrumentation = instrumentation;
    this.redirection = new RedirectionGate(timeoutNanos, observes);
    this.patcher = new SocketPatcher(timeoutNanos);
    this.streams = new StreamPatches(timeoutNanos, instrumentation, retransformer, patcher);
  }

  /**
   * From now on the hook sees each socket class that is loaded. Null if the user does not want it.
   * If it throws, nothing stays installed.
   *
   * @param running whether the program may have used sockets already
   */
  public static BypassHook install(
      DotConfig config,
      LookupHook hook,
      Instrumentation instrumentation,
      Retransformer retransformer,
      boolean running) {
    if (config.bypass() == BypassMode.OFF) {
      return null;
    }
    BypassHook bypass =
        new BypassHook(
            config.timeout().toNanos(), config.observes(), hook, instrumentation, retransformer);
    // first loads and initialises all code that runs for each class
    bypass.ofJdk("", false, null);
    bypass.ofLibrary("", false, null);
    boolean installed = false;
    try {
      instrumentation.addTransformer(bypass, hook.retransforms());
      // if no such class is loaded yet, begin can patch later: a class that is loaded from now on
      // is patched or waits
      if (running || LoadedEarlier.any(retransformer.all())) {
        bypass.prepare();
        bypass.patchLoaded();
      }
      installed = true;
      return bypass;
    } finally {
      if (!installed) {
        bypass.release();
        bypass.remove();
      }
    }
  }

  /** Defines the classes that patched sockets call. The load of a socket class waits for this. */
  public void prepare() {
    if (!prepared.getAndSet(true)) {
      patcher.prepare(hook, instrumentation, redirection);
    }
  }

  /**
   * From now on the redirection decides about messages to DNS servers. Also patches loaded classes.
   */
  public void begin(DotCore started, Log said) {
    redirection.open(new Redirection(started, said));
    log = said;
    patchLoaded();
  }

  /** The agent could not start: no query of a library is sent in the clear. */
  public void cannotBegin() {
    prepare();
    redirection.fail();
  }

  /**
   * From now on no class is examined. Call it at the last moment of the JVM, after all shutdown
   * hooks. It releases the threads that wait while they load a class, and waits until they have
   * left that code: a thread that sleeps there while the JVM ends may never wake.
   */
  public void end() {
    instrumentation.removeTransformer(this);
    patcher.end();
    streams.end();
    for (int i = 0; i < LOOKS && loading.get() > 0; i++) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /**
   * From now on the program's queries go to the servers that it asks. Until {@link #remove},
   * responses to earlier queries still show these servers as their source.
   */
  public void release() {
    redirection.release();
  }

  /**
   * Restores the original methods of every patched class. If that fails, a class stays patched, but
   * the patch does nothing any more.
   *
   * @return the names of these classes
   */
  public List<String> remove() {
    end();
    List<String> stay = new ArrayList<>();
    for (Class<?> one : instrumentation.getAllLoadedClasses()) {
      String name = one.getName().replace('.', '/');
      boolean ofJdk = SocketClasses.isDatagrams(name) || SocketClasses.streamBit(name) != 0;
      boolean ofLibrary = LibraryClasses.isPatched(name);
      if ((ofJdk || ofLibrary) && patcher.has(name) && !isGivenItsOwn(one, name, ofLibrary)) {
        stay.add(one.getName());
      }
    }
    try {
      SocketBridge.disconnect();
    } catch (ReflectiveOperationException | RuntimeException closed) {
      stay.add("java.net.DotAgentSockets (" + closed + ")");
    }
    return stay;
  }

  private boolean isGivenItsOwn(Class<?> patched, String name, boolean ofLibrary) {
    try {
      if (hook.retransforms()) {
        Retransformer.retransform(instrumentation, patched);
        return true;
      }
      return isRedefined(patched, name, ofLibrary);
    } catch (IOException
        | ReflectiveOperationException
        | UnmodifiableClassException
        | RuntimeException
        | LinkageError
        | VirtualMachineError refused) {
      return false;
    }
  }

  /**
   * If another transformer that cannot retransform has changed a class, each retransformation
   * repeats its change (Instrumentation #retransformClasses). Such a class gets the class file that
   * it was loaded from.
   */
  private boolean isRedefined(Class<?> patched, String name, boolean ofLibrary)
      throws IOException, ReflectiveOperationException, UnmodifiableClassException {
    try (InputStream in = patched.getResourceAsStream('/' + name + ".class")) {
      if (in == null) {
        return false;
      }
      byte[] classFile = BootstrapClass.octets(in);
      if (ofLibrary && !patcher.hasPatched(name, classFile)) {
        return false; // the library's file may have changed
      }
      instrumentation.redefineClasses(new ClassDefinition(patched, classFile));
      return true;
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (name == null) {
      return null; // a hidden class
    }
    boolean isThere = redefined != null;
    return loader == null ? ofJdk(name, isThere, classFile) : ofLibrary(name, isThere, classFile);
  }

  /**
   * @param isThere whether the class is being redefined. Then this must not wait: patching the
   *     others also redefines classes, and the JVM would let that wait for this one
   */
  private byte[] ofJdk(String name, boolean isThere, byte[] classFile) {
    if (SocketClasses.isDatagrams(name)) {
      return patchedByOurRights(name, classFile, !isThere);
    }
    int stream = SocketClasses.streamBit(name);
    return stream != 0 && (isThere ? streams.areWanted() : streams.isWantedFor(stream))
        ? patchedByOurRights(name, classFile, false)
        : null;
  }

  private byte[] ofLibrary(String name, boolean isThere, byte[] classFile) {
    if (LibraryClasses.isResolver(name)) {
      return isThere ? null : patchedByOurRights(null, null, true);
    }
    return LibraryClasses.isPatched(name) ? patchedByOurRights(name, classFile, false) : null;
  }

  /**
   * Runs on the thread that loads the class: under a SecurityManager it has the program's
   * permissions.
   *
   * @param name null: the class itself is not patched
   * @param thenStreams whether this class is a sign that the program will use DNS over TCP
   */
  private byte[] patchedByOurRights(
      final String name, final byte[] classFile, final boolean thenStreams) {
    loading.incrementAndGet();
    try {
      return AccessController.doPrivileged(
          new PrivilegedAction<byte[]>() {
            @Override
            public byte[] run() {
              byte[] patched = name == null ? null : patcher.patched(name, classFile);
              if (thenStreams) {
                streams.patch();
              }
              sayFailed();
              return patched;
            }
          });
    } finally {
      loading.decrementAndGet();
    }
  }

  /** Patches classes that were loaded before, as after an attach. */
  private void patchLoaded() {
    streams.patchLoaded();
    sayFailed();
  }

  /**
   * Restores patches that another agent, or the program, has removed. Retries patches that failed
   * for lack of stack or memory, or that the JVM refused. On a thread of the agent.
   *
   * @return the classes whose patch was restored, as text for the log; often empty
   */
  public Set<String> repair() {
    Set<String> lost = SocketProof.lost(patcher);
    streams.patchAgain(lost);
    if (lost.removeAll(patcher.missed())) {
      sayFailed();
    }
    Set<String> late = streams.patchMissed();
    if (!late.isEmpty() && log != null) {
      log.write(
          Level.ERROR,
          "sockets could not be patched before, and are now: "
              + late
              + "; until now DNS queries that libraries send themselves may have left in the clear");
    }
    return lost;
  }

  private void sayFailed() {
    Throwable failure = patcher.failure();
    if (failure != null && log != null) {
      log.write(
          Level.ERROR,
          "DNS queries that libraries send themselves may leave in the clear, unreported: "
              + failure);
    }
  }
}
