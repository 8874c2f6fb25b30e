package io.github.dotagent.it.programs;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketImpl;
import java.net.SocketImplFactory;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Factories that a program sets for the sockets of its JVM, and that make none. */
final class OwnFactories {
  private static final Set<String> ASKED = Collections.synchronizedSet(new TreeSet<String>());

  private OwnFactories() {}

  static String set() throws IOException, ReflectiveOperationException {
    Socket.setSocketImplFactory(new Refusing());
    ServerSocket.setSocketFactory(new Refusing());
    try { // by name: it is deprecated for removal
      Class<?> type = Class.forName("java.net.DatagramSocketImplFactory");
      DatagramSocket.class
          .getMethod("setDatagramSocketImplFactory", type)
          .invoke(
              null,
              Proxy.newProxyInstance(
                  OwnFactories.class.getClassLoader(),
                  new Class<?>[] {type},
                  (factory, method, none) -> new Refusing().createSocketImpl()));
    } catch (ClassNotFoundException | NoSuchMethodException gone) {
      return "set";
    } catch (InvocationTargetException refused) {
      throw new IOException(refused.getCause());
    }
    return "set";
  }

  /** The names of the threads that wanted a socket of them. */
  static String asked() {
    synchronized (ASKED) {
      return ASKED.toString();
    }
  }

  private static final class Refusing implements SocketImplFactory {
    @Override
    public SocketImpl createSocketImpl() {
      ASKED.add(Thread.currentThread().getName());
      throw new IllegalStateException("the program's factory makes none");
    }
  }
}
