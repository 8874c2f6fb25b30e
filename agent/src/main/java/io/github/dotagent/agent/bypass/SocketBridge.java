package io.github.dotagent.agent.bypass;

import io.github.dotagent.agent.hook.BootstrapClass;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Defines {@code DotAgentSockets} and connects it with what decides. */
final class SocketBridge {
  private static final String NAME = "java.net.DotAgentSockets";

  private SocketBridge() {}

  /** {@code java.net} must be open. Called once. */
  static void define(final RedirectionToCome redirection)
      throws ReflectiveOperationException, IOException {
    Class<?> bridge = BootstrapClass.define(NAME);
    BootstrapClass.connect(
        bridge,
        "standIn",
        new InvocationHandler() {
          @Override
          public Object invoke(Object server, Method none, Object[] nothing) throws IOException {
            return redirection.to((InetSocketAddress) server);
          }
        });
    BootstrapClass.connect(
        bridge,
        "shownStandIn",
        new InvocationHandler() {
          @Override
          public Object invoke(Object server, Method none, Object[] nothing) throws IOException {
            return redirection.shown((InetSocketAddress) server);
          }
        });
    BootstrapClass.connect(
        bridge,
        "server",
        new InvocationHandler() {
          @Override
          public Object invoke(Object sender, Method none, Object[] nothing) {
            return redirection.from((SocketAddress) sender);
          }
        });
  }
}
