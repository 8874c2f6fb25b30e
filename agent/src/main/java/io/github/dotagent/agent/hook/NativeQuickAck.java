package io.github.dotagent.agent.hook;

import io.github.dotagent.support.SocketSetting;
import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.SocketImpl;

/**
 * {@code TCP_QUICKACK} for Java 8 to 11 on Linux, which have no such option, or a wrong one: by the
 * call below all of the JDK's options, {@code sun.nio.ch.Net.setIntOption0}, whose signature is the
 * same in each of them. {@link JdkInternals} must be open. Newer ones have an option for it, which
 * {@code core} uses.
 */
public final class NativeQuickAck implements SocketSetting {
  private static final int IPPROTO_TCP = 6; // netinet/in.h
  private static final int TCP_QUICKACK = 12; // linux/tcp.h
  private static final int ON = 1;

  private final Method setIntOption;
  private final Field socketImpl;
  private final Field descriptor;

  private NativeQuickAck(Method setIntOption, Field socketImpl, Field descriptor) {
    this.setIntOption = setIntOption;
    this.socketImpl = socketImpl;
    this.descriptor = descriptor;
  }

  /** Null where there is none. */
  public static SocketSetting ofThisJvm() {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return null; // the numbers mean other things there
    }
    try {
      Method set =
          Class.forName("sun.nio.ch.Net", true, null)
              .getDeclaredMethod(
                  "setIntOption0",
                  FileDescriptor.class,
                  boolean.class, // whether the numbers are the JDK's and have to be translated
                  int.class,
                  int.class,
                  int.class,
                  boolean.class); // whether it is an IPv6 socket, for options of the IP level
      Field impl = Socket.class.getDeclaredField("impl");
      Field fd = SocketImpl.class.getDeclaredField("fd");
      set.setAccessible(true);
      impl.setAccessible(true);
      fd.setAccessible(true);
      return new NativeQuickAck(set, impl, fd);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError closedOrOtherJdk) {
      return null;
    }
  }

  @Override
  public void on(Socket socket) throws ReflectiveOperationException {
    Object fd = descriptor.get(socketImpl.get(socket));
    setIntOption.invoke(null, fd, false, IPPROTO_TCP, TCP_QUICKACK, ON, false);
  }
}
