package io.github.dotagent.agent.hook.nameservice;

import io.github.dotagent.agent.hook.Retransformer;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.InetAddress;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Patches {@code InetAddress} so that it asks no resolver at all, for a hook that is lost for good.
 * The two methods that ask a resolver have had their names since Java 8; each gets a new body. The
 * method for reverse lookups returns the address as text, as if the address had no name.
 */
public final class RefusedLookups implements ClassFileTransformer {
  // methods of java.net.InetAddress through which lookups pass
  private static final String BY_NAME = "getAddressesFromNameService";
  private static final String BY_ADDRESS = "getHostFromNameService";
  private static final String UNKNOWN_HOST = "java/net/UnknownHostException";

  private final String because;

  /**
   * @param because the text of the exception
   */
  public RefusedLookups(String because) {
    this.because = because;
  }

  /**
   * Patches it, as the last transformer: it gets the class as the others have changed it. May be
   * called again.
   */
  public void begin(Instrumentation instrumentation, Retransformer retransformer)
      throws UnmodifiableClassException {
    instrumentation.removeTransformer(this);
    instrumentation.addTransformer(this, true);
    retransformer.retransform(InetAddress.class);
  }

  /** Removes the patch and the transformer. */
  public void end(Instrumentation instrumentation) throws UnmodifiableClassException {
    instrumentation.removeTransformer(this);
    Retransformer.retransform(instrumentation, InetAddress.class);
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    return loader == null && NameServiceCalls.INET_ADDRESS.equals(className)
        ? patched(classFile)
        : null;
  }

  byte[] patched(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, type, signature, exceptions);
            if (name.equals(BY_NAME)) {
              refuse(method);
              return null;
            }
            if (name.equals(BY_ADDRESS)) {
              giveAddress(method);
              return null;
            }
            return method;
          }
        },
        0);
    return writer.toByteArray();
  }

  /** Without a branch, so no stack frame is needed. */
  private void refuse(MethodVisitor method) {
    method.visitCode();
    method.visitTypeInsn(Opcodes.NEW, UNKNOWN_HOST);
    method.visitInsn(Opcodes.DUP);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitLdcInsn(": " + because);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        "java/lang/String",
        "concat",
        "(Ljava/lang/String;)Ljava/lang/String;",
        false);
    method.visitMethodInsn(
        Opcodes.INVOKESPECIAL, UNKNOWN_HOST, "<init>", "(Ljava/lang/String;)V", false);
    method.visitInsn(Opcodes.ATHROW);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private static void giveAddress(MethodVisitor method) {
    method.visitCode();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        NameServiceCalls.INET_ADDRESS,
        "getHostAddress",
        "()Ljava/lang/String;",
        false);
    method.visitInsn(Opcodes.ARETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }
}
