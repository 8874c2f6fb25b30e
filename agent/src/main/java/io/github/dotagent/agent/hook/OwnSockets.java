package io.github.dotagent.agent.hook;

import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.SocketImpl;
import java.net.SocketImplFactory;

/**
 * Limits a factory that the program has set ({@code Socket.setSocketImplFactory}) to the program's
 * own threads: a tunnel, a mock or a mistake in it must not affect the agent's connections. JSSE
 * also makes a Socket, and every constructor asks the factory ({@code BaseSSLSocketImpl}). So the
 * factory in {@code Socket.factory} is replaced by one that asks the program's factory only on
 * other threads. {@link JdkInternals} must be open. Safe for use by any number of threads.
 *
 * <p>The agent forwards queries of libraries with channels. Channels use no such factory, and the
 * agent makes no ServerSocket, and no DatagramSocket with an implementation of a factory.
 */
public final class OwnSockets implements Runnable {
  private static final String FACTORY = "factory"; // of Socket, from Java 1.0 on

  private final Log log;
  private volatile boolean unknown; // this JDK differs from the known ones, and that was logged

  public OwnSockets(Log log) {
    this.log = log;
  }

  /** Call it before a socket is made: the program may set its factory at any time, once. */
  @Override
  public void run() {
    if (unknown) {
      return;
    }
    try {
      Object theirs = JdkInternals.staticOf(Socket.class, FACTORY);
      if (theirs != null && !(theirs instanceof ForOthers)) {
        JdkInternals.setStatic(
            Socket.class, FACTORY, new ForOthers((SocketImplFactory) theirs, new Platform()));
      }
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      unknown = true;
      log.write(
          Level.DEBUG,
          "the program's SocketImplFactory also creates the agent's sockets: " + unknownJdk);
    }
  }

  /** The program has its factory back, for all threads. */
  public void release() throws ReflectiveOperationException {
    Object ours = JdkInternals.staticOf(Socket.class, FACTORY);
    if (ours instanceof ForOthers) {
      JdkInternals.setStatic(Socket.class, FACTORY, ((ForOthers) ours).theirs);
    }
  }

  /** The factory that replaces the program's. */
  private static final class ForOthers implements SocketImplFactory {
    private final SocketImplFactory theirs;
    private final Platform platform;

    ForOthers(SocketImplFactory theirs, Platform platform) {
      this.theirs = theirs;
      this.platform = platform;
    }

    @Override
    public SocketImpl createSocketImpl() {
      return AgentThread.isCurrent() ? platform.made() : theirs.createSocketImpl();
    }
  }

  /** The JDK's own implementation behind a Socket without proxy. */
  private static final class Platform {
    private final Method factory; // Java 13 and newer, else null
    private final Constructor<?> constructor; // before

    Platform() throws ReflectiveOperationException {
      Method made = null;
      Constructor<?> plain = null;
      try {
        made = SocketImpl.class.getDeclaredMethod("createPlatformSocketImpl", boolean.class);
        made.setAccessible(true);
      } catch (NoSuchMethodException before13) {
        plain = Class.forName("java.net.PlainSocketImpl", true, null).getDeclaredConstructor();
        plain.setAccessible(true);
      }
      factory = made;
      constructor = plain;
    }

    SocketImpl made() {
      try {
        return (SocketImpl)
            (factory == null ? constructor.newInstance() : factory.invoke(null, false));
      } catch (InvocationTargetException | InstantiationException | IllegalAccessException never) {
        throw new IllegalStateException(never);
      }
    }
  }
}
