package io.github.dotagent.agent.hook;

import io.github.dotagent.net.JavaRelease;
import io.github.dotagent.net.SocketSetting;
import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.Socket;

/**
 * {@code TCP_QUICKACK} for Java 8 to 11 on Linux, where the JDK's option is missing or wrong. It
 * calls the native method behind all of the JDK's socket options, {@code
 * sun.nio.ch.Net.setIntOption0}, which has the same signature in all these releases. {@link
 * JdkInternals} must be open. On newer Javas {@code core} uses the JDK's own option.
 */
public final class NativeQuickAck implements SocketSetting {
  private static final int IPPROTO_TCP = 6; // netinet/in.h
  private static final int TCP_QUICKACK = 12; // linux/tcp.h
  private static final int ON = 1; // any number but 0, tcp(7)

  /** From this release on the JDK's own option works, and {@code core} uses it. */
  private static final int FIRST_WITH_OPTION = 12;

  private final Method setIntOption;
  private final Field socketImpl;
  private final DescriptorUse descriptors;

  private NativeQuickAck(Method setIntOption, Field socketImpl, DescriptorUse descriptors) {
    this.setIntOption = setIntOption;
    this.socketImpl = socketImpl;
    this.descriptors = descriptors;
  }

  /** Null where there is none. */
  public static SocketSetting ofThisJvm() {
    if (!"Linux".equals(System.getProperty("os.name"))
        || JavaRelease.current() >= FIRST_WITH_OPTION) {
      return null; // the numbers mean other things elsewhere
    }
    try {
      Method set =
          Class.forName("sun.nio.ch.Net", true, null)
              .getDeclaredMethod(
                  "setIntOption0",
                  FileDescriptor.class,
                  boolean.class, // whether the option must be translated from the JDK's numbers
                  int.class,
                  int.class,
                  int.class,
                  boolean.class); // whether it is an IPv6 socket, for options of the IP level
      Field impl = Socket.class.getDeclaredField("impl");
      set.setAccessible(true);
      impl.setAccessible(true);
      return new NativeQuickAck(set, impl, DescriptorUse.ofThisJvm());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError closedOrOtherJdk) {
      return null;
    }
  }

  /**
   * The native method reads the descriptor without a check: null ends the JVM ({@code
   * jni_fast_GetIntField}), and the number of a closed one may be another socket's.
   */
  @Override
  public void on(Socket socket) throws ReflectiveOperationException {
    Object impl = socketImpl.get(socket);
    FileDescriptor held = descriptors.acquire(impl);
    try {
      if (held != null && held.valid()) {
        setIntOption.invoke(null, held, false, IPPROTO_TCP, TCP_QUICKACK, ON, false);
      }
    } finally {
      descriptors.release(impl);
    }
  }

  /**
   * Holds a descriptor as the JDK itself does while a native method uses it ({@code
   * AbstractPlainSocketImpl.acquireFD}): if the socket is closed meanwhile, the number stays taken
   * until it is released.
   */
  private static final class DescriptorUse {
    private final Method acquire;
    private final Method release;

    private DescriptorUse(Method acquire, Method release) {
      this.acquire = acquire;
      this.release = release;
    }

    private static DescriptorUse ofThisJvm() throws ReflectiveOperationException {
      Class<?> plain = Class.forName("java.net.AbstractPlainSocketImpl", true, null);
      Method acquire = plain.getDeclaredMethod("acquireFD");
      Method release = plain.getDeclaredMethod("releaseFD");
      acquire.setAccessible(true);
      release.setAccessible(true);
      return new DescriptorUse(acquire, release);
    }

    /**
     * Null when the socket is closed.
     *
     * @throws IllegalArgumentException when the program's own SocketImplFactory made the socket
     */
    FileDescriptor acquire(Object impl) throws ReflectiveOperationException {
      return (FileDescriptor) acquire.invoke(impl);
    }

    void release(Object impl) throws ReflectiveOperationException {
      release.invoke(impl);
    }
  }
}
