package io.github.dotagent.agent.bypass;

import io.github.dotagent.agent.hook.LookupHook;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Patches class files of sockets and of libraries, and sees to it that what they call is there.
 * Safe for use by any number of threads.
 */
final class SocketPatcher {
  private final LookupHook hook;
  private final Instrumentation instrumentation;
  private final RedirectionToCome redirection;
  private final Set<String> done =
      Collections.newSetFromMap(new ConcurrentHashMap<String, Boolean>());
  private final ReentrantLock lock = new ReentrantLock();
  private boolean bridged; // guarded by lock
  private volatile Throwable failure; // the first

  SocketPatcher(LookupHook hook, Instrumentation instrumentation, RedirectionToCome redirection) {
    this.hook = hook;
    this.instrumentation = instrumentation;
    this.redirection = redirection;
  }

  /** Whether a class has been patched. */
  boolean has(String name) {
    return done.contains(name);
  }

  /** What kept a class from being patched; null when nothing did. */
  Throwable failure() {
    return failure;
  }

  /** Null when it cannot be patched. On the program's threads, while they load the class. */
  byte[] patched(final String name, final byte[] classFile) {
    try {
      byte[] patched =
          AccessController.doPrivileged(
              new PrivilegedExceptionAction<byte[]>() {
                @Override
                public byte[] run() throws ReflectiveOperationException, IOException {
                  bridge();
                  return patchOf(name, classFile);
                }
              });
      if (patched == null) {
        throw new IllegalStateException(name + " is not as we know it");
      }
      done.add(name);
      return patched;
    } catch (PrivilegedActionException refused) {
      failed(refused.getException());
    } catch (RuntimeException | Error unknownJdk) {
      failed(unknownJdk);
    }
    return null;
  }

  private static byte[] patchOf(String name, byte[] classFile) {
    if (LibraryClasses.isNetty(name)) {
      return NettyPatch.patched(classFile);
    }
    return LibraryClasses.isNative(name)
        ? NativePatch.patched(classFile)
        : SocketPatch.patched(classFile);
  }

  private void bridge() throws ReflectiveOperationException, IOException {
    lock.lock();
    try {
      if (!bridged) {
        hook.openJdkInternals(instrumentation);
        SocketBridge.define(redirection);
        bridged = true;
      }
    } finally {
      lock.unlock();
    }
  }

  private void failed(Throwable reason) {
    if (failure == null) {
      failure = reason;
    }
  }
}
