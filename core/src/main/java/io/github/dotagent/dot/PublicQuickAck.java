package io.github.dotagent.dot;

import io.github.dotagent.net.JavaRelease;
import io.github.dotagent.net.SocketSetting;
import java.lang.reflect.Method;
import java.net.Socket;

/**
 * {@code TCP_QUICKACK} of {@code jdk.net.ExtendedSocketOptions}: since Java 10, on Linux. On Java
 * 10 and 11 its native code sets {@code SO_PRIORITY} instead, as strace shows, so this class uses
 * it from 12 on. By reflection, because this class is compiled for Java 8. The JDK checks whether
 * the socket is closed, and from 13 on does so under its lock; {@link BufferedSocket#set} holds a
 * lock in every release.
 */
final class PublicQuickAck implements SocketSetting {
  /** The first release of Java in which the option works; tried on 11 and on 17. */
  private static final int FIRST_RIGHT = 12;

  private final Method setOption;
  private final Object quickAck;

  private PublicQuickAck(Method setOption, Object quickAck) {
    this.setOption = setOption;
    this.quickAck = quickAck;
  }

  /** Null if there is none. */
  static SocketSetting ofThisJvm() {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return null; // the constant exists, but no socket takes it
    }
    if (JavaRelease.current() < FIRST_RIGHT) {
      return null;
    }
    ClassLoader loader = PublicQuickAck.class.getClassLoader();
    try {
      Object option =
          Class.forName("jdk.net.ExtendedSocketOptions", true, loader)
              .getField("TCP_QUICKACK")
              .get(null);
      Class<?> type = Class.forName("java.net.SocketOption", true, loader);
      return new PublicQuickAck(Socket.class.getMethod("setOption", type, Object.class), option);
    } catch (ReflectiveOperationException | LinkageError otherJdk) {
      return null;
    }
  }

  @Override
  public void on(Socket socket) throws ReflectiveOperationException {
    setOption.invoke(socket, quickAck, true);
  }
}
