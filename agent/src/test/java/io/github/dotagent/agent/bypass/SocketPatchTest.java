package io.github.dotagent.agent.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** What the patch makes of the sockets of the JDK that runs the tests; BypassIT has all JDKs. */
class SocketPatchTest {
  @Test
  void datagramSocketsArePatched() throws IOException {
    assertEquals(
        List.of(
            "connect(Ljava/net/InetAddress;I)V: addressTo portTo",
            "connect(Ljava/net/SocketAddress;)V: to",
            "getInetAddress()Ljava/net/InetAddress;: addressOf",
            "getPort()I: portOf",
            "getRemoteSocketAddress()Ljava/net/SocketAddress;: from",
            "receive(Ljava/net/DatagramPacket;)V: received",
            "send(Ljava/net/DatagramPacket;)V: received sent"),
        bridged(new SocketPatch(false).of(classFile(DatagramSocket.class, "DatagramSocket"))));
  }

  @Test
  void aPatchedClassIsNotPatchedAgain() throws IOException {
    byte[] patched = new SocketPatch(false).of(classFile(DatagramSocket.class, "DatagramSocket"));
    assertSame(patched, new SocketPatch(false).of(patched));
  }

  /** As HotSpot hands over a class that was given its own methods back. */
  @Test
  void anUnusedConstantOfTheBridgeDoesNotPreventThePatch() throws IOException {
    byte[] original = classFile(DatagramSocket.class, "DatagramSocket");
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(reader, 0);
    writer.newClass(MethodPatches.BRIDGE);
    reader.accept(writer, 0);
    assertEquals(
        bridged(new SocketPatch(false).of(original)),
        bridged(new SocketPatch(false).of(writer.toByteArray())));
  }

  @Test
  void datagramChannelsArePatched() throws IOException {
    assertEquals(
        List.of(
            "connect(Ljava/net/SocketAddress;)Ljava/nio/channels/DatagramChannel;: to",
            "getRemoteAddress()Ljava/net/SocketAddress;: from",
            "receive(Ljava/nio/ByteBuffer;)Ljava/net/SocketAddress;: from",
            "send(Ljava/nio/ByteBuffer;Ljava/net/SocketAddress;)I: to"),
        bridged(
            new SocketPatch(false)
                .of(implementation(DatagramChannel.class, "DatagramChannelImpl"))));
  }

  @Test
  void tcpSocketsAndChannelsArePatched() throws IOException {
    assertEquals(
        List.of(
            "connect(Ljava/net/SocketAddress;)V: to",
            "connect(Ljava/net/SocketAddress;I)V: to",
            "getInetAddress()Ljava/net/InetAddress;: addressOf",
            "getPort()I: portOf",
            "getRemoteSocketAddress()Ljava/net/SocketAddress;: from"),
        bridged(new SocketPatch(false).of(classFile(Socket.class, "Socket"))));
    assertEquals(
        List.of(
            "connect(Ljava/net/SocketAddress;)Z: to",
            "getRemoteAddress()Ljava/net/SocketAddress;: from"),
        bridged(
            new SocketPatch(false).of(implementation(SocketChannel.class, "SocketChannelImpl"))));
    assertEquals(
        List.of(
            "connect(Ljava/net/SocketAddress;)Ljava/util/concurrent/Future;: to",
            "connect(Ljava/net/SocketAddress;Ljava/lang/Object;"
                + "Ljava/nio/channels/CompletionHandler;)V: to",
            "getRemoteAddress()Ljava/net/SocketAddress;: from"),
        bridged(
            new SocketPatch(false)
                .of(
                    implementation(
                        AsynchronousSocketChannel.class, "AsynchronousSocketChannelImpl"))));
  }

  @Test
  void aClassWithNothingToPatchGivesNull() throws IOException {
    assertNull(new SocketPatch(false).of(classFile(String.class, "String")));
  }

  @Test
  void theSecurityManagerChecksTheServersAddress() throws IOException {
    byte[] asking = classFile(Asking.class, "SocketPatchTest$Asking");
    assertNull(new SocketPatch(false).of(asking));
    assertEquals(
        List.of("ask(Ljava/lang/SecurityManager;)V: checkAccept checkConnect"),
        bridged(new SocketPatch(true).of(asking)));
    assertTrue(PermissionPatch.isOfUse(8));
    assertTrue(PermissionPatch.isOfUse(23));
    assertFalse(PermissionPatch.isOfUse(24));
  }

  /** As sockets of Java 8 to 23 do. */
  static final class Asking {
    private Asking() {}

    @SuppressWarnings("removal")
    static void ask(SecurityManager manager) {
      manager.checkConnect("192.0.2.53", 53);
      manager.checkAccept("192.0.2.53", 53);
      manager.checkListen(0);
    }
  }

  private static byte[] implementation(Class<?> ofModule, String name) throws IOException {
    try (InputStream in =
        ofModule.getModule().getResourceAsStream("sun/nio/ch/" + name + ".class")) {
      return in.readAllBytes();
    }
  }

  private static byte[] classFile(Class<?> type, String name) throws IOException {
    try (InputStream in = type.getResourceAsStream(name + ".class")) {
      return in.readAllBytes();
    }
  }

  /** Each method that calls the bridge, and what it calls of it. */
  static List<String> bridged(byte[] classFile) {
    TreeSet<String> found = new TreeSet<>();
    ClassVisitor reading =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String method, String type, String signature, String[] exceptions) {
            TreeSet<String> calls = new TreeSet<>();
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitMethodInsn(
                  int opcode, String owner, String name, String called, boolean isInterface) {
                if (owner.startsWith("java/net/DotAgent")) {
                  calls.add(name);
                }
              }

              @Override
              public void visitEnd() {
                if (!calls.isEmpty()) {
                  found.add(method + type + ": " + String.join(" ", calls));
                }
              }
            };
          }
        };
    new ClassReader(classFile).accept(reading, 0);
    return List.copyOf(found);
  }
}
