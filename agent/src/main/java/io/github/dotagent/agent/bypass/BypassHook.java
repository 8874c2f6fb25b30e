package io.github.dotagent.agent.bypass;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.hook.BootstrapClass;
import io.github.dotagent.agent.hook.LookupHook;
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
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for the classes of the JDK with which a library could ask DNS servers by itself, and
 * patches them: those of UDP before their first use, those of TCP as soon as UDP is used, for only
 * a response that was too long is asked for over TCP. A program that uses no UDP pays a comparison
 * of names for each class that it loads.
 */
public final class BypassHook implements ClassFileTransformer {
  private static final long ONCE_MORE_NANOS = TimeUnit.SECONDS.toNanos(1); // no load takes longer

  private final LookupHook hook;
  private final Instrumentation instrumentation;
  private final DeferredRedirection redirection;
  private final SocketPatcher patcher;
  private final AtomicBoolean prepared = new AtomicBoolean();
  private final AtomicBoolean patchingStreams = new AtomicBoolean();
  private volatile boolean streams; // they are to be patched, too
  private volatile DotCore core; // null until the agent has started
  private volatile Log log; // of the same moment
  private final List<ClassFileTransformer> loadedPatches = new ArrayList<>(); // guarded by itself

  private BypassHook(long timeoutNanos, LookupHook hook, Instrumentation instrumentation) {
    this.hook = hook;
    this.instrumentation = instrumentation;
    this.redirection = new DeferredRedirection(timeoutNanos);
    this.patcher = new SocketPatcher(timeoutNanos);
  }

  /**
   * From now on no socket class is loaded unseen. Null where the user does not want it.
   *
   * @param running whether the program may have used sockets already; before its main an earlier
   *     agent may have, and {@link #begin} is soon enough
   */
  public static BypassHook install(
      DotConfig config, LookupHook hook, Instrumentation instrumentation, boolean running) {
    if (config.bypass() == BypassMode.OFF) {
      return null;
    }
    BypassHook bypass = new BypassHook(config.timeout().toNanos(), hook, instrumentation);
    // what it runs for each class is loaded and initialised before it sees the first
    bypass.ofJdk("", null);
    bypass.ofLibrary("", null);
    instrumentation.addTransformer(bypass, hook.retransforms());
    if (running) {
      bypass.prepare();
      bypass.patchLoaded(instrumentation.getAllLoadedClasses());
    }
    return bypass;
  }

  /** Makes what patched sockets call. Socket classes that are loaded meanwhile wait for it. */
  public void prepare() {
    if (!prepared.getAndSet(true)) {
      patcher.prepare(hook, instrumentation, redirection);
    }
  }

  /** What is sent to a DNS server from now on has somebody who decides; patches what is loaded. */
  public void begin(DotCore started, DotConfig config, Log said) {
    redirection.is(new Redirection(started, config.bypass(), said));
    log = said;
    core = started;
    patchLoaded(instrumentation.getAllLoadedClasses());
    if (streams) {
      patchStreams();
    }
  }

  /** The agent could not start: what libraries would send in the clear is not sent. */
  public void cannotBegin() {
    prepare();
    redirection.cannotBe();
  }

  /** No class is looked at any more: for the last moment of the JVM, when all hooks have run. */
  public void end() {
    instrumentation.removeTransformer(this);
    synchronized (loadedPatches) {
      for (ClassFileTransformer patch : loadedPatches) {
        instrumentation.removeTransformer(patch);
      }
    }
  }

  /**
   * From now on the program's queries go to the servers that it asks. The responses to earlier ones
   * still come from those, as the program sees it, until {@link #remove}.
   */
  public void release() {
    redirection.isOver();
  }

  /**
   * Gives every patched class its own methods back. What cannot be given them stays patched and
   * changes nothing any more.
   *
   * @return the names of those
   */
  public List<String> remove() {
    end();
    List<String> stay = new ArrayList<>();
    for (Class<?> one : instrumentation.getAllLoadedClasses()) {
      String name = one.getName().replace('.', '/');
      boolean ofJdk = SocketClasses.isDatagrams(name) || SocketClasses.isStreams(name);
      boolean ofLibrary = LibraryClasses.isNetty(name) || LibraryClasses.isNative(name);
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
        instrumentation.retransformClasses(patched);
        return true;
      }
      return isRedefined(patched, name, ofLibrary);
    } catch (IOException
        | ReflectiveOperationException
        | UnmodifiableClassException
        | RuntimeException
        | LinkageError refused) {
      return false;
    }
  }

  /**
   * What a transformer did that cannot retransform stays with every retransformation
   * (Instrumentation #retransformClasses): such a class gets the class file that it was loaded
   * from.
   */
  private boolean isRedefined(Class<?> patched, String name, boolean ofLibrary)
      throws IOException, ReflectiveOperationException, UnmodifiableClassException {
    try (InputStream in = patched.getResourceAsStream('/' + name + ".class")) {
      if (in == null) {
        return false;
      }
      byte[] classFile = BootstrapClass.octets(in);
      if (ofLibrary && !patcher.hasPatched(name, classFile)) {
        return false; // the library on the disk may be another one by now
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
    return loader == null ? ofJdk(name, classFile) : ofLibrary(name, classFile);
  }

  private byte[] ofJdk(String name, byte[] classFile) {
    if (SocketClasses.isDatagrams(name)) {
      wantStreams();
      return patched(name, classFile);
    }
    return streams && SocketClasses.isStreams(name) ? patched(name, classFile) : null;
  }

  private byte[] ofLibrary(String name, byte[] classFile) {
    if (LibraryClasses.isResolver(name)) {
      wantStreams();
      return null;
    }
    return LibraryClasses.isPatched(name) ? patched(name, classFile) : null;
  }

  private byte[] patched(String name, byte[] classFile) {
    byte[] patched = patcher.patched(name, classFile);
    if (patched == null) {
      sayFailed();
    }
    return patched;
  }

  private void wantStreams() {
    if (!streams) {
      streams = true;
      if (core != null) {
        patchStreams();
      }
    }
  }

  /** In a thread of its own: to load a class is no moment to change others. */
  private void patchStreams() {
    if (patchingStreams.compareAndSet(false, true)) {
      Runnable patching =
          new Runnable() {
            @Override
            public void run() {
              core.threads().start("bypass", new PatchLoaded());
            }
          };
      patching.run();
      // once more: a class that was being loaded this moment was neither to be patched nor there
      core.timers().after(ONCE_MORE_NANOS, patching);
    }
  }

  private final class PatchLoaded implements Runnable {
    @Override
    public void run() {
      patchLoaded(instrumentation.getInitiatedClasses(null));
    }
  }

  /** Classes that were there before they were to be patched, as after an attach. */
  private void patchLoaded(Class<?>[] candidates) {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> one : candidates) {
      streams |= SocketClasses.isDatagrams(one.getName().replace('.', '/'));
    }
    for (Class<?> one : candidates) {
      if (isToBePatched(one)) {
        loaded.add(one);
      }
    }
    if (!loaded.isEmpty()) {
      try {
        if (!hook.retransforms()) { // else this one is asked once more
          LoadedPatch patch = new LoadedPatch(loaded, patcher);
          synchronized (loadedPatches) {
            loadedPatches.add(patch);
          }
          instrumentation.addTransformer(patch, true);
        }
        instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
      } catch (UnmodifiableClassException | RuntimeException | LinkageError refused) {
        patcher.failed(refused);
      }
    }
    sayFailed();
  }

  private boolean isToBePatched(Class<?> loaded) {
    String name = loaded.getName().replace('.', '/');
    if (LibraryClasses.isPatched(name)) {
      return true;
    }
    boolean isSocket = SocketClasses.isDatagrams(name) || streams && SocketClasses.isStreams(name);
    return isSocket && !patcher.has(name);
  }

  private void sayFailed() {
    Throwable failure = patcher.failure();
    if (failure != null && log != null) {
      log.write(
          Level.ERROR,
          "DNS that libraries do by themselves may leave in the clear, unseen: " + failure);
    }
  }

  /** Patches classes that are there; and again whenever another agent has them made anew. */
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
