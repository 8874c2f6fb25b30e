package io.github.dotagent.agent.bypass;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Patches Netty's {@code DnsNameResolver} where it asks one server: through any channel, also a
 * native one, the query goes to the stand-in, over UDP and TCP. Netty sees the stand-in's own
 * address there, because it matches a response with its query by the address.
 */
final class NettyResolverPatch extends MethodPatches {
  private static final String SERVER = "java/net/InetSocketAddress";

  /** The method of Netty up to 4.1.100, and of later ones; every query passes one of them. */
  private static final String OLD = "query0";

  private static final String NEW = "doQuery";

  NettyResolverPatch() {
    super(false);
  }

  @Override
  MethodVisitor patchOf(int access, String name, String type, MethodVisitor next) {
    int server = name.equals(OLD) || name.equals(NEW) ? slotOfServer(access, type) : -1;
    return server < 0 ? null : new ServerPatch(next, server);
  }

  /** -1 if the method has no such argument. */
  private static int slotOfServer(int access, String type) {
    int slot = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
    for (Type argument : Type.getArgumentTypes(type)) {
      if (argument.getSort() == Type.OBJECT && argument.getInternalName().equals(SERVER)) {
        return slot;
      }
      slot += argument.getSize();
    }
    return -1;
  }

  private static final class ServerPatch extends MethodVisitor {
    private final int slot;

    ServerPatch(MethodVisitor next, int slot) {
      super(Opcodes.ASM9, next);
      this.slot = slot;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitVarInsn(Opcodes.ALOAD, slot);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, BRIDGE, "shown", "(L" + SERVER + ";)L" + SERVER + ";", false);
      super.visitVarInsn(Opcodes.ASTORE, slot);
    }
  }
}
