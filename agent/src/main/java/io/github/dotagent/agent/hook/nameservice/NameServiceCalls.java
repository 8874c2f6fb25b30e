package io.github.dotagent.agent.hook.nameservice;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Patches {@code InetAddress} of Java 8 to 17: where it calls its name service, it calls the
 * bridge.
 *
 * <p>It replaces the calls and not the methods around them, because these handle the JDK's own
 * cache, order and locks, differently in each release. A call costs nothing extra, and there is no
 * field that a program could set back. It uses ASM as Byte Buddy carries it: Byte Buddy itself
 * takes 0.4 s of a JVM's start, this 0.04 to 0.1 s.
 */
final class NameServiceCalls implements ClassFileTransformer {
  static final String INET_ADDRESS = "java/net/InetAddress";

  private static final String BRIDGE = "java/net/DotAgentBridge";

  /**
   * {@code sun.net.spi.nameservice.NameService} on 8, {@code InetAddress$NameService} on 9 to 17.
   */
  private static final String NAME_SERVICE_SUFFIX = "NameService";

  // the methods of InetAddress.NameService (Java 9 to 17) and sun.net.spi.nameservice (8)
  private static final String LOOKUP = "lookupAllHostAddr";
  private static final String LOOKUP_TYPE = "(Ljava/lang/String;)[Ljava/net/InetAddress;";
  private static final String REVERSE = "getHostByAddr";
  private static final String REVERSE_TYPE = "([B)Ljava/lang/String;";

  private volatile Runnable whenTouched; // null: nothing to run

  void whenTouched(Runnable action) {
    whenTouched = action;
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loader != null || !INET_ADDRESS.equals(className)) {
      return null;
    }
    Runnable touched = whenTouched;
    if (touched != null) {
      touched.run();
    }
    return patched(classFile);
  }

  static byte[] patched(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    // no frame changes: the new call has the same arguments and result
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Patch(writer), 0);
    return writer.toByteArray();
  }

  private static final class Patch extends ClassVisitor {
    Patch(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String type, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
      return isInsideTheNameService(name) ? next : new CallPatch(next);
    }

    /** Not in a name service's own code, if a release puts it into this class. */
    private static boolean isInsideTheNameService(String method) {
      return method.equals(LOOKUP) || method.equals(REVERSE);
    }
  }

  private static final class CallPatch extends MethodVisitor {
    CallPatch(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String type, boolean isInterface) {
      boolean toNameService =
          opcode == Opcodes.INVOKEINTERFACE && owner.endsWith(NAME_SERVICE_SUFFIX);
      if (toNameService && name.equals(LOOKUP) && type.equals(LOOKUP_TYPE)) {
        callBridge(name, type);
      } else if (toNameService && name.equals(REVERSE) && type.equals(REVERSE_TYPE)) {
        callBridge(name, type);
      } else {
        super.visitMethodInsn(opcode, owner, name, type, isInterface);
      }
    }

    /** The receiver of the interface call becomes the first argument of the static one. */
    private void callBridge(String name, String type) {
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, BRIDGE, name, "(Ljava/lang/Object;" + type.substring(1), false);
    }
  }
}
