package java.net;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Called by the patched pipeline of Netty with packets that have an address, on their way to and
 * from channels of any kind. Netty's classes are only used by reflection, also if their package was
 * moved; a packet that is not DNS costs a comparison.
 *
 * <p>DEFINED IN THE BOOTSTRAP LOADER, as {@link DotAgentSockets} is, and public for the same
 * reason. No class is inside it, because each would have to be defined as well.
 */
public final class DotAgentPackets {
  private static final int DNS = 53; // RFC 1035 §4.2

  private DotAgentPackets() {}

  /** A packet with the same content for the server's stand-in. */
  public static Object sent(Object packet, SocketAddress recipient) throws IOException {
    if (!(recipient instanceof InetSocketAddress)
        || ((InetSocketAddress) recipient).getPort() != DNS) {
      return packet;
    }
    try {
      SocketAddress standIn = DotAgentSockets.to(recipient);
      return standIn == recipient
          ? packet
          : addressed(packet, standIn, (SocketAddress) get(packet, "sender"));
    } catch (IOException | RuntimeException | Error refused) {
      release(packet); // as the channel does with what it has sent
      throw refused;
    }
  }

  /** A packet with the same content that seems to come from the server, not from its stand-in. */
  public static Object received(Object packet, SocketAddress sender) throws IOException {
    SocketAddress server = DotAgentSockets.from(sender);
    return server == sender
        ? packet
        : addressed(packet, (SocketAddress) get(packet, "recipient"), server);
  }

  private static Object addressed(Object packet, SocketAddress recipient, SocketAddress sender)
      throws IOException {
    Object content = get(packet, "content");
    for (Class<?> type = packet.getClass(); type != null; type = type.getSuperclass()) {
      for (Constructor<?> one : type.getConstructors()) {
        if (Modifier.isPublic(type.getModifiers()) && takes(one.getParameterTypes(), content)) {
          try {
            return one.newInstance(content, recipient, sender);
          } catch (ReflectiveOperationException unknown) {
            throw new IOException(unknown);
          }
        }
      }
    }
    throw new SocketException(
        "DNS in a " + packet.getClass().getName() + " is not sent: dot-agent cannot address it");
  }

  /** DatagramPacket and DefaultAddressedEnvelope: content, recipient, sender. */
  private static boolean takes(Class<?>[] parameters, Object content) {
    return parameters.length == 3
        && parameters[0].isInstance(content)
        && SocketAddress.class.isAssignableFrom(parameters[1])
        && SocketAddress.class.isAssignableFrom(parameters[2]);
  }

  private static void release(Object packet) {
    try {
      get(packet, "release");
    } catch (IOException countsNoReferences) {
      // then there is nothing to release
    }
  }

  private static Object get(Object packet, String name) throws IOException {
    try {
      Method found = publicMethod(packet.getClass(), name);
      if (found == null) {
        throw new IOException(packet.getClass().getName() + " has no " + name + "()");
      }
      return found.invoke(packet);
    } catch (InvocationTargetException failed) {
      throw new IOException(failed.getCause());
    } catch (IllegalAccessException never) {
      throw new IOException(never);
    }
  }

  /** A method that may be called from here; null: there is none. */
  private static Method publicMethod(Class<?> type, String name) {
    if (type == null) {
      return null;
    }
    if (Modifier.isPublic(type.getModifiers())) {
      try {
        return type.getMethod(name);
      } catch (NoSuchMethodException notEvenInherited) {
        return null;
      }
    }
    Method found = publicMethod(type.getSuperclass(), name);
    for (Class<?> one : type.getInterfaces()) {
      found = found == null ? publicMethod(one, name) : found;
    }
    return found;
  }
}
