package io.github.dotagent.agent.bypass;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Patches the common parts of all channels of Netty 4, because native ones (epoll, kqueue,
 * io_uring) use no socket of the JDK: the head of the pipeline, which connects and sends; the
 * pipeline itself, which gets the data that a channel has received; and the channel's remote
 * address.
 */
final class NettyChannelPatch extends MethodPatches {
  // types as descriptors of class files have them (JVMS §4.3)
  private static final String ADDRESS = "Ljava/net/SocketAddress;";
  private static final String OBJECT = "Ljava/lang/Object;";

  private final String envelope; // Netty's AddressedEnvelope

  /**
   * @param name of the class, such as {@code io/netty/channel/AbstractChannel}
   */
  NettyChannelPatch(String name) {
    super(false);
    this.envelope = name.substring(0, name.lastIndexOf('/') + 1) + "AddressedEnvelope";
  }

  @Override
  MethodVisitor patchOf(int access, String name, String type, MethodVisitor next) {
    boolean ofContext = type.startsWith("(L") && type.contains("/ChannelHandlerContext;");
    if (ofContext && name.equals("connect") && type.contains(";" + ADDRESS + ADDRESS)) {
      return new ConnectPatch(next);
    }
    if (ofContext && name.equals("write") && type.contains(";" + OBJECT)) {
      return new PacketPatch(next, 2, "recipient", "sent");
    }
    if (name.equals("fireChannelRead") && type.startsWith("(" + OBJECT + ")")) {
      // not in the head: it passes on the data of the pipeline
      return type.endsWith("/ChannelPipeline;")
          ? new PacketPatch(next, 1, "sender", "received")
          : null;
    }
    return name.equals("remoteAddress") && type.equals("()" + ADDRESS)
        ? new RemotePatch(next)
        : null;
  }

  /** Replaces the given address. */
  private static final class ConnectPatch extends MethodVisitor {
    ConnectPatch(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitVarInsn(Opcodes.ALOAD, 2);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, BRIDGE, "to", "(" + ADDRESS + ")" + ADDRESS, false);
      super.visitVarInsn(Opcodes.ASTORE, 2);
    }
  }

  /** Replaces the given packet, if it is one. */
  private final class PacketPatch extends MethodVisitor {
    private final int message;
    private final String address;
    private final String bridge;

    PacketPatch(MethodVisitor next, int message, String address, String bridge) {
      super(Opcodes.ASM9, next);
      this.message = message;
      this.address = address;
      this.bridge = bridge;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      Label isNone = new Label();
      super.visitVarInsn(Opcodes.ALOAD, message);
      super.visitTypeInsn(Opcodes.INSTANCEOF, envelope);
      super.visitJumpInsn(Opcodes.IFEQ, isNone);
      super.visitVarInsn(Opcodes.ALOAD, message);
      super.visitVarInsn(Opcodes.ALOAD, message);
      super.visitTypeInsn(Opcodes.CHECKCAST, envelope);
      super.visitMethodInsn(Opcodes.INVOKEINTERFACE, envelope, address, "()" + ADDRESS, true);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, PACKETS, bridge, "(" + OBJECT + ADDRESS + ")" + OBJECT, false);
      super.visitVarInsn(Opcodes.ASTORE, message);
      super.visitLabel(isNone);
      // the frame at the start of the method (arguments, empty stack), so that later frames stay
      // valid
      super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
      super.visitInsn(Opcodes.NOP); // two frames must not share one offset
    }
  }

  /** The address that is returned. */
  private static final class RemotePatch extends MethodVisitor {
    RemotePatch(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN) {
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC, BRIDGE, "from", "(" + ADDRESS + ")" + ADDRESS, false);
      }
      super.visitInsn(opcode);
    }
  }
}
