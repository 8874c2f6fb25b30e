package io.github.dotagent.agent.hook.nameservice;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** The class file of {@code InetAddress}, as other agents may have left it. */
public final class InetAddressClassFuzz implements FuzzTarget {
  @Override
  public void read(byte[] octets) {
    if (canBeCopied(octets)) {
      byte[] patched = NameServiceCalls.patched(octets);
      Findings.check(canBeCopied(patched), "what was patched cannot be read");
      Findings.check(Calls.in(patched).size() == Calls.in(octets).size(), "a call was lost");
    }
  }

  private static boolean canBeCopied(byte[] classFile) {
    try {
      copy(copy(classFile)); // what is damaged may show with the second reading alone
      return true;
    } catch (RuntimeException damaged) {
      return false;
    }
  }

  private static byte[] copy(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {}; // else methods are copied unread
          }
        },
        0);
    return writer.toByteArray();
  }

  @Override
  public int variants() {
    return 100;
  }

  @Override
  public List<byte[]> found() {
    try (InputStream in = ClassLoader.getSystemResourceAsStream("java/net/InetAddress.class")) {
      return List.of(in.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
