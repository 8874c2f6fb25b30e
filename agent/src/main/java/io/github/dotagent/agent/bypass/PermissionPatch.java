package io.github.dotagent.agent.bypass;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Replaces calls of the SecurityManager by calls that check the program's server in place of its
 * stand-in. The new call has the same arguments and result.
 */
final class PermissionPatch extends MethodVisitor {
  static final String BRIDGE = "java/net/DotAgentPermissions";

  /** JEP 486: from this release on the JDK calls no SecurityManager. */
  private static final int FIRST_WITHOUT = 24;

  private static final String MANAGER = "java/lang/SecurityManager";
  // the type of checkConnect and checkAccept
  private static final String HOST_AND_PORT = "(Ljava/lang/String;I)V";

  private final Runnable whenPatched;

  /**
   * @param whenPatched run for each call that is replaced
   */
  PermissionPatch(MethodVisitor next, Runnable whenPatched) {
    super(Opcodes.ASM9, next);
    this.whenPatched = whenPatched;
  }

  /** Whether a JVM of this release may have a SecurityManager, now or later. */
  static boolean isOfUse(int release) {
    return release < FIRST_WITHOUT;
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String type, boolean isInterface) {
    boolean isCheck =
        owner.equals(MANAGER)
            && type.equals(HOST_AND_PORT)
            && (name.equals("checkConnect") || name.equals("checkAccept"));
    if (isCheck) {
      String withManager = "(L" + MANAGER + ";" + type.substring(1);
      super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, name, withManager, false);
      whenPatched.run();
    } else {
      super.visitMethodInsn(opcode, owner, name, type, isInterface);
    }
  }
}
