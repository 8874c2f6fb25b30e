package io.github.dotagent.agent.install;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.function.Predicate;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * If the JVM must not start, and the launcher's class is already loaded: patches that class, so
 * that each of its methods halts the JVM. Not thread-safe: used once, within premain.
 */
public final class LauncherHalt implements Predicate<Instrumentation>, ClassFileTransformer {
  /** The exit code of a JVM that cannot start. */
  private static final int EXIT_CODE = 1;

  private static final String LAUNCHER_HELPER = "sun/launcher/LauncherHelper";
  private static final String RUNTIME = "java/lang/Runtime";

  private boolean patched;

  /** The visible classes make it by its name, with the isolated loader. */
  public LauncherHalt() {}

  /**
   * Patches the class. True if that succeeded: then premain can return, and the program does not
   * start.
   */
  @Override
  public boolean test(Instrumentation instrumentation) {
    try {
      instrumentation.addTransformer(this, true);
      instrumentation.retransformClasses(
          Class.forName(LAUNCHER_HELPER.replace('/', '.'), false, null));
      return patched; // the JVM drops what a transformer throws
    } catch (ClassNotFoundException | UnmodifiableClassException | LinkageError otherJdk) {
      return false;
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loader != null || !LAUNCHER_HELPER.equals(className)) {
      return null;
    }
    byte[] halting = halting(classFile);
    patched = true;
    return halting;
  }

  static byte[] halting(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, type, signature, exceptions);
            if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
              return method;
            }
            halt(method);
            return null;
          }
        },
        0);
    return writer.toByteArray();
  }

  /**
   * Each method ends with a throw, which suits every type of result. The throw is never reached.
   */
  private static void halt(MethodVisitor method) {
    method.visitCode();
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, RUNTIME, "getRuntime", "()L" + RUNTIME + ";", false);
    method.visitIntInsn(Opcodes.BIPUSH, EXIT_CODE);
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, RUNTIME, "halt", "(I)V", false);
    method.visitInsn(Opcodes.ACONST_NULL);
    method.visitInsn(Opcodes.ATHROW);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }
}
