package io.github.dotagent.agent.bypass;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Patches a socket of the JDK. Methods with an address as parameter call {@code DotAgentSockets} at
 * their beginning, and methods that return an address call it at their end. It finds the public
 * methods by name and type, which are the same from Java 8 to 27. It adds no branch, and so no
 * stack frame.
 */
final class SocketPatch extends MethodPatches {
  // types as descriptors of class files have them (JVMS §4.3)
  private static final String ADDRESS = "Ljava/net/SocketAddress;";
  private static final String PACKET = "Ljava/net/DatagramPacket;";
  private static final String INET = "Ljava/net/InetAddress;";
  private static final String SOCKET = "Ljava/net/DatagramSocket;";
  private static final String CHANNEL = "Ljava/nio/channels/DatagramChannel;";

  /** The address is the first argument, or for send the second. */
  private static final Set<String> CONNECTS =
      new HashSet<>(
          Arrays.asList(
              "connect(" + ADDRESS + ")V",
              "connect(" + ADDRESS + "I)V",
              "connect(" + ADDRESS + ")Z",
              "connect(" + ADDRESS + ")Ljava/nio/channels/DatagramChannel;",
              "connect(" + ADDRESS + ")Ljava/util/concurrent/Future;",
              "connect(" + ADDRESS + "Ljava/lang/Object;Ljava/nio/channels/CompletionHandler;)V"));

  // names and types of the methods of the JDK's sockets and channels
  private static final String SEND = "send(Ljava/nio/ByteBuffer;" + ADDRESS + ")I";
  private static final String SEND_PACKET = "send(" + PACKET + ")V";
  private static final String SEND_PACKET_WITH_TTL = "send(" + PACKET + "B)V"; // MulticastSocket
  private static final String RECEIVE_PACKET = "receive(" + PACKET + ")V";
  private static final String CONNECT_PARTS = "connect(" + INET + "I)V";

  private static final Set<String> GIVE_ADDRESS =
      new HashSet<>(
          Arrays.asList(
              "receive(Ljava/nio/ByteBuffer;)" + ADDRESS,
              "getRemoteAddress()" + ADDRESS,
              "getRemoteSocketAddress()" + ADDRESS));

  private static final String GET_ADDRESS = "getInetAddress()" + INET;
  private static final String GET_PORT = "getPort()I";

  /**
   * @param permissions whether the JVM may have a SecurityManager
   */
  SocketPatch(boolean permissions) {
    super(permissions);
  }

  @Override
  MethodVisitor patchOf(int access, String name, String type, MethodVisitor next) {
    String method = name + type;
    if (CONNECTS.contains(method)) {
      return new ArgumentPatch(next, 1, "to", ADDRESS, null);
    }
    if (method.equals(SEND)) {
      return new ArgumentPatch(next, 2, "to", ADDRESS, CHANNEL);
    }
    if (method.equals(SEND_PACKET) || method.equals(SEND_PACKET_WITH_TTL)) {
      // send sets the address of the connected socket in a packet without one
      return new ArgumentPatch(new PacketPatch(next), 1, "sent", PACKET, SOCKET);
    }
    if (method.equals(CONNECT_PARTS)) {
      return new PartsPatch(next);
    }
    if (method.equals(RECEIVE_PACKET)) {
      return new PacketPatch(next);
    }
    if (method.equals(GET_ADDRESS)) {
      return new HalfPatch(next, Opcodes.ARETURN, "addressOf", INET);
    }
    if (method.equals(GET_PORT)) {
      return new HalfPatch(next, Opcodes.IRETURN, "portOf", "I");
    }
    return GIVE_ADDRESS.contains(method) ? new ResultPatch(next) : null;
  }

  private static void call(MethodVisitor code, String name, String type) {
    code.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, name, type, false);
  }

  /** Replaces an argument. */
  private static final class ArgumentPatch extends MethodVisitor {
    private final int argument;
    private final String bridge;
    private final String type;
    private final String sender; // a second argument for the bridge; null: none

    ArgumentPatch(MethodVisitor next, int argument, String bridge, String type, String sender) {
      super(Opcodes.ASM9, next);
      this.argument = argument;
      this.bridge = bridge;
      this.type = type;
      this.sender = sender;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitVarInsn(Opcodes.ALOAD, argument);
      if (sender != null) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
      }
      call(mv, bridge, "(" + type + (sender == null ? "" : sender) + ")" + type);
      super.visitVarInsn(Opcodes.ASTORE, argument);
    }
  }

  /** The same for an address and a port. */
  private static final class PartsPatch extends MethodVisitor {
    PartsPatch(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      part("portTo", "I");
      part("addressTo", INET);
      super.visitVarInsn(Opcodes.ASTORE, 1);
      super.visitVarInsn(Opcodes.ISTORE, 2);
    }

    private void part(String bridge, String result) {
      super.visitVarInsn(Opcodes.ALOAD, 1);
      super.visitVarInsn(Opcodes.ILOAD, 2);
      call(mv, bridge, "(" + INET + "I)" + result);
    }
  }

  /** Changes the packet that was filled. */
  private static final class PacketPatch extends MethodVisitor {
    PacketPatch(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        super.visitVarInsn(Opcodes.ALOAD, 1);
        call(mv, "received", "(" + PACKET + ")V");
      }
      super.visitInsn(opcode);
    }
  }

  /** Changes the address that is returned. */
  private static final class ResultPatch extends MethodVisitor {
    ResultPatch(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN) {
        call(mv, "from", "(" + ADDRESS + ")" + ADDRESS);
      }
      super.visitInsn(opcode);
    }
  }

  /** Changes one half of a returned address; the other half tells which server it is. */
  private static final class HalfPatch extends MethodVisitor {
    private final int returning;
    private final String bridge;
    private final String type;

    HalfPatch(MethodVisitor next, int returning, String bridge, String type) {
      super(Opcodes.ASM9, next);
      this.returning = returning;
      this.bridge = bridge;
      this.type = type;
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == returning) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        call(mv, bridge, "(" + type + "Ljava/lang/Object;)" + type);
      }
      super.visitInsn(opcode);
    }
  }
}
