package io.github.dotagent.agent.bypass;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Patches a resolver that looks names up in native code: its creation is reported, and refused with
 * {@code bypass=block}.
 */
final class NativeResolverPatch extends MethodPatches {
  NativeResolverPatch() {
    super(false);
  }

  @Override
  MethodVisitor patchOf(int access, String name, String type, MethodVisitor next) {
    return name.equals("<init>") ? new ConstructorPatch(next) : null;
  }

  private static final class ConstructorPatch extends MethodVisitor {
    ConstructorPatch(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "outOfReach", "()V", false);
    }
  }
}
