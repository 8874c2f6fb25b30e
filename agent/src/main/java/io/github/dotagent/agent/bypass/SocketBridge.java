package io.github.dotagent.agent.bypass;

import io.github.dotagent.agent.hook.BootstrapClass;
import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.net.JavaRelease;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.atomic.AtomicLong;

/** Defines the classes that patched sockets call, and connects them with the redirection. */
final class SocketBridge {
  private static final String NAME = "java.net.DotAgentSockets";
  private static final String PACKETS = "java.net.DotAgentPackets";
  private static final String PERMISSIONS = "java.net.DotAgentPermissions";

  // fields of the bridge
  private static final String STAND_IN = "standIn";
  private static final String SHOWN_STAND_IN = "shownStandIn";
  private static final String SERVER = "server";
  private static final String[] FIELDS = {STAND_IN, SHOWN_STAND_IN, SERVER};
  private static final String PORTS = "PORTS";

  private SocketBridge() {}

  /** {@code java.net} must be open. */
  static void define(RedirectionGate redirection, Instrumentation instrumentation)
      throws ReflectiveOperationException, IOException, UnmodifiableClassException {
    Class<?> bridge = BootstrapClass.define(NAME, instrumentation);
    for (String field : FIELDS) {
      BootstrapClass.connect(bridge, field, new Deciding(field, redirection));
    }
    BootstrapClass.define(PACKETS, instrumentation);
    if (PermissionPatch.isOfUse(JavaRelease.current())) {
      BootstrapClass.define(PERMISSIONS, instrumentation);
    }
  }

  /** From now on each address is returned unchanged, for threads that still call it. */
  static void disconnect() throws ReflectiveOperationException {
    Class<?> bridge = BootstrapClass.left(NAME);
    if (bridge == null) {
      return;
    }
    for (String field : FIELDS) {
      BootstrapClass.connect(bridge, field, null);
    }
    ((AtomicLong) JdkInternals.staticOf(bridge, PORTS)).set(0);
  }

  /** The value of one field of the bridge. */
  private static final class Deciding implements InvocationHandler {
    private final String field;
    private final RedirectionGate redirection;

    Deciding(String field, RedirectionGate redirection) {
      this.field = field;
      this.redirection = redirection;
    }

    /**
     * Runs with the agent's own permissions under a SecurityManager; a program may set one at any
     * time.
     */
    @Override
    public Object invoke(final Object address, Method none, Object[] nothing) throws IOException {
      if (System.getSecurityManager() == null) {
        return decide(address);
      }
      try {
        return AccessController.doPrivileged(
            new PrivilegedExceptionAction<Object>() {
              @Override
              public Object run() throws IOException {
                return decide(address);
              }
            });
      } catch (PrivilegedActionException refused) {
        throw (IOException) refused.getException(); // the only checked exception of the action
      }
    }

    private Object decide(Object address) throws IOException {
      switch (field) {
        case STAND_IN:
          return redirection.to((InetSocketAddress) address);
        case SHOWN_STAND_IN:
          return redirection.shown((InetSocketAddress) address);
        default:
          return redirection.from((SocketAddress) address);
      }
    }
  }
}
