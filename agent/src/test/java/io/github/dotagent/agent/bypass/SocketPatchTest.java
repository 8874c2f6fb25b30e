package io.github.dotagent.agent.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

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
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** What the patch makes of the sockets of the JDK that runs the tests; BypassIT has all JDKs. */
class SocketPatchTest {
  @Test
  void datagramSocket() throws IOException {
    assertEquals(
        List.of(
            "connect(Ljava/net/InetAddress;I)V: addressTo portTo",
            "connect(Ljava/net/SocketAddress;)V: to",
            "getRemoteSocketAddress()Ljava/net/SocketAddress;: from",
            "receive(Ljava/net/DatagramPacket;)V: received",
            "send(Ljava/net/DatagramPacket;)V: sent"),
        bridged(new SocketPatch().of(classFile(DatagramSocket.class, "DatagramSocket"))));
  }

  @Test
  void datagramChannel() throws IOException {
    assertEquals(
        List.of(
            "connect(Ljava/net/SocketAddress;)Ljava/nio/channels/DatagramChannel;: to",
            "getRemoteAddress()Ljava/net/SocketAddress;: from",
            "receive(Ljava/nio/ByteBuffer;)Ljava/net/SocketAddress;: from",
            "send(Ljava/nio/ByteBuffer;Ljava/net/SocketAddress;)I: to"),
        bridged(
            new SocketPatch().of(implementation(DatagramChannel.class, "DatagramChannelImpl"))));
  }

  @Test
  void streams() throws IOException {
    assertEquals(
        List.of(
            "connect(Ljava/net/SocketAddress;)V: to",
            "connect(Ljava/net/SocketAddress;I)V: to",
            "getRemoteSocketAddress()Ljava/net/SocketAddress;: from"),
        bridged(new SocketPatch().of(classFile(Socket.class, "Socket"))));
    assertEquals(
        List.of(
            "connect(Ljava/net/SocketAddress;)Z: to",
            "getRemoteAddress()Ljava/net/SocketAddress;: from"),
        bridged(new SocketPatch().of(implementation(SocketChannel.class, "SocketChannelImpl"))));
    assertEquals(
        List.of(
            "connect(Ljava/net/SocketAddress;)Ljava/util/concurrent/Future;: to",
            "connect(Ljava/net/SocketAddress;Ljava/lang/Object;"
                + "Ljava/nio/channels/CompletionHandler;)V: to",
            "getRemoteAddress()Ljava/net/SocketAddress;: from"),
        bridged(
            new SocketPatch()
                .of(
                    implementation(
                        AsynchronousSocketChannel.class, "AsynchronousSocketChannelImpl"))));
  }

  @Test
  void whatHasNothingToPatchIsSaidSo() throws IOException {
    assertNull(new SocketPatch().of(classFile(String.class, "String")));
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
                if (owner.equals(MethodPatches.BRIDGE)) {
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
