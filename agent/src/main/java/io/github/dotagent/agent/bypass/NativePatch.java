package io.github.dotagent.agent.bypass;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Patches a resolver that looks names up in native code: whoever makes one is seen, and refused
 * where {@code bypass=block}.
 */
final class NativePatch extends ClassVisitor {
  private NativePatch(ClassWriter writer) {
    super(Opcodes.ASM9, writer);
  }

  static byte[] patched(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new NativePatch(writer), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String type, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
    return name.equals("<init>") ? new ConstructorPatch(next) : next;
  }

  private static final class ConstructorPatch extends MethodVisitor {
    ConstructorPatch(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitMethodInsn(Opcodes.INVOKESTATIC, SocketPatch.BRIDGE, "outOfReach", "()V", false);
    }
  }
}
