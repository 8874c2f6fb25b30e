package io.github.dotagent.agent.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Class files of this JDK, and whether ASM can read one. */
public final class ClassFiles {
  private ClassFiles() {}

  /**
   * @param resource such as {@code java/net/Socket.class}
   */
  public static byte[] ofJdk(String resource) {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * @param flags of the class writer that patches such a class
   */
  public static boolean canBeCopied(byte[] classFile, int flags) {
    try {
      copy(copy(classFile, flags), flags); // damage may show with the second reading alone
      return true;
    } catch (RuntimeException damaged) {
      return false;
    }
  }

  private static byte[] copy(byte[] classFile, int flags) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, flags);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {}; // otherwise ASM copies methods unread
          }
        },
        0);
    return writer.toByteArray();
  }
}
