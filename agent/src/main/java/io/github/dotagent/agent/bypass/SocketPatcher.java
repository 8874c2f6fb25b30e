package io.github.dotagent.agent.bypass;

import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.concurrent.UninterruptibleWait;
import io.github.dotagent.net.JavaRelease;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;

/**
 * Patches class files of sockets and of libraries, and makes sure that the classes they call exist.
 * Safe for use by any number of threads.
 */
final class SocketPatcher {
  private final long timeoutNanos;

  /** No {@code ConcurrentHashMap}: a thread that is stopped within one may leave it locked. */
  private final Set<String> done = Collections.synchronizedSet(new HashSet<String>());

  private final Set<String> originals = Collections.synchronizedSet(new HashSet<String>());

  /** Classes whose form is unknown: a new try would fail too. */
  private final Set<String> unknown = Collections.synchronizedSet(new HashSet<String>());

  /** Classes that could not be patched yet, and are tried again. */
  private final Set<String> missed = Collections.synchronizedSet(new HashSet<String>());

  private final CountDownLatch prepared = new CountDownLatch(1);
  private volatile boolean bridged; // set before the latch opens, unless it failed
  private volatile Throwable failure; // the first

  /**
   * @param timeoutNanos how long the load of a socket class waits for the classes that it calls
   */
  SocketPatcher(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  /**
   * Defines what patched classes call. NEVER WHILE A CLASS IS LOADED: to open a package loads
   * {@code Module$ReflectionData}, and fails there permanently with a ClassCircularityError.
   */
  void prepare(LookupHook hook, Instrumentation instrumentation, RedirectionGate redirection) {
    try {
      hook.openJdkInternals(instrumentation);
      SocketBridge.define(redirection, instrumentation);
      bridged = true;
    } catch (ReflectiveOperationException
        | IOException
        | UnmodifiableClassException
        | RuntimeException
        | LinkageError refused) {
      failed(refused);
    } finally {
      prepared.countDown();
    }
  }

  /** The JVM ends: class loads no longer wait. */
  void end() {
    prepared.countDown();
  }

  /** Whether a class has been patched. */
  boolean has(String name) {
    return done.contains(name);
  }

  /** The classes that could not be patched yet; a copy. */
  Set<String> missed() {
    synchronized (missed) {
      return new TreeSet<>(missed);
    }
  }

  /** Whether a class of that name with this class file was patched. */
  boolean hasPatched(String name, byte[] classFile) {
    return originals.contains(name + sumOf(classFile));
  }

  private static String sumOf(byte[] classFile) {
    CRC32 sum = new CRC32();
    sum.update(classFile, 0, classFile.length);
    return " " + sum.getValue();
  }

  /** Why a class could not be patched; null if there was no failure. */
  Throwable failure() {
    return failure;
  }

  /**
   * The patched class; null if it cannot be patched. Runs on the program's threads, while they load
   * the class.
   */
  byte[] patched(final String name, final byte[] classFile) {
    if (!isReady(name)) {
      return null;
    }
    return patched(
        name,
        classFile,
        new PrivilegedAction<byte[]>() {
          @Override
          public byte[] run() {
            return patchOf(name, classFile);
          }
        });
  }

  /** Whether the classes exist that patched classes call. */
  private boolean isReady(String name) {
    try {
      UninterruptibleWait.within(timeoutNanos, prepared); // some milliseconds at a program's start
      if (!bridged) {
        failed(new IllegalStateException(name + " was loaded before the agent could patch it"));
      }
      return bridged;
    } catch (RuntimeException | Error stopped) {
      missed.add(name);
      failed(stopped);
      return false;
    }
  }

  /** The same, with the given patch. */
  byte[] patched(String name, byte[] classFile, PrivilegedAction<byte[]> patch) {
    try {
      byte[] patched = AccessController.doPrivileged(patch);
      if (patched == null
          && !SocketClasses.mayHaveNothing(name)
          && !LibraryClasses.mayHaveNothing(name)) {
        throw new IllegalStateException(name + " has an unknown form and cannot be patched");
      }
      done.add(name);
      missed.remove(name);
      if (patched != null) {
        originals.add(name + sumOf(classFile));
      }
      return patched;
    } catch (RuntimeException | LinkageError unknownJdk) {
      unknown.add(name); // it would fail again
      missed.remove(name);
      failed(unknownJdk);
      return null;
    } catch (Error forTheMoment) {
      missed.add(name);
      failed(forTheMoment);
      return null;
    }
  }

  private static byte[] patchOf(String name, byte[] classFile) {
    if (LibraryClasses.isNetty(name)) {
      return new NettyResolverPatch().of(classFile);
    }
    if (LibraryClasses.isChannel(name)) {
      return new NettyChannelPatch(name).of(classFile);
    }
    if (LibraryClasses.isNative(name)) {
      return new NativeResolverPatch().of(classFile);
    }
    boolean managed = PermissionPatch.isOfUse(JavaRelease.current());
    return (SocketClasses.isManaged(name)
            ? new PermissionOnlyPatches(managed)
            : new SocketPatch(managed))
        .of(classFile);
  }

  /**
   * The JVM has not redefined the class, for example because of another agent's transformer. So its
   * patch is not in force, and is tried again later.
   */
  void refused(String name) {
    done.remove(name);
    if (!unknown.contains(name)) {
      missed.add(name);
    }
  }

  /** Keeps the first failure. */
  void failed(Throwable reason) {
    if (failure == null) {
      failure = reason;
    }
  }
}
