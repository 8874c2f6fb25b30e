package io.github.dotagent.agent.hook.nameservice;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** The calls in a class file, one a line: {@code method -> opcode owner.name type}. */
final class Calls extends ClassVisitor {
  private final List<String> found = new ArrayList<>();

  private Calls() {
    super(Opcodes.ASM9);
  }

  static List<String> in(byte[] classFile) {
    Calls calls = new Calls();
    new ClassReader(classFile).accept(calls, 0);
    return calls.found;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String methodType, String signature, String[] exceptions) {
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String type, boolean isInterface) {
        found.add(method + " -> " + opcode + " " + owner + "." + name + " " + type);
      }
    };
  }
}
