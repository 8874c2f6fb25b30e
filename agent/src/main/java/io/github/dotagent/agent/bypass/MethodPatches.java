package io.github.dotagent.agent.bypass;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Patches some methods of a class and leaves the rest as it is. New code must leave the stack
 * frames of the rest as they are: they are not computed again.
 */
abstract class MethodPatches extends ClassVisitor implements Runnable {
  /**
   * The class that patched methods call. It is in the bootstrap loader, which every class can see.
   */
  static final String BRIDGE = "java/net/DotAgentSockets";

  /** The same for packets of Netty. */
  static final String PACKETS = "java/net/DotAgentPackets";

  private static final int CONSTANT_CLASS = 7; // JVMS §4.4

  private final boolean permissions;
  private int patched;

  /**
   * @param permissions whether calls of the SecurityManager are patched too, in all methods
   */
  MethodPatches(boolean permissions) {
    super(Opcodes.ASM9);
    this.permissions = permissions;
  }

  /** The patch for a method; null: none. */
  abstract MethodVisitor patchOf(int access, String name, String type, MethodVisitor method);

  /** Null if there is no method to patch; unchanged if it is already patched. */
  byte[] of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    if (isPatched(reader)) {
      return classFile;
    }
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    cv = writer;
    reader.accept(this, 0);
    return patched == 0 ? null : writer.toByteArray();
  }

  /** Looks for the bridge's name first: nearly no class has it. */
  private static boolean isPatched(ClassReader reader) {
    if (!namesBridge(reader)) {
      return false;
    }
    BridgeCalls calls = new BridgeCalls();
    reader.accept(calls, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return calls.found;
  }

  private static boolean isBridge(String name) {
    return BRIDGE.equals(name) || PACKETS.equals(name) || PermissionPatch.BRIDGE.equals(name);
  }

  /**
   * Whether any method calls it. A constant alone proves nothing: after a class gets its original
   * methods back, HotSpot keeps the constants of the patched ones.
   */
  private static final class BridgeCalls extends ClassVisitor {
    private boolean found;

    BridgeCalls() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String type, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String type, boolean isInterface) {
          found |= isBridge(owner);
        }
      };
    }
  }

  private static boolean namesBridge(ClassReader reader) {
    char[] text = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      if (item > 0 && reader.readByte(item - 1) == CONSTANT_CLASS) {
        String name = reader.readUTF8(item, text);
        if (isBridge(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Called for each patched method. */
  @Override
  public final void run() {
    patched++;
  }

  @Override
  public final MethodVisitor visitMethod(
      int access, String name, String type, String signature, String[] exceptions) {
    MethodVisitor written = super.visitMethod(access, name, type, signature, exceptions);
    MethodVisitor method = permissions ? new PermissionPatch(written, this) : written;
    boolean isCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    MethodVisitor patch = isCode ? patchOf(access, name, type, method) : null;
    patched += patch == null ? 0 : 1;
    return patch == null ? method : patch;
  }
}
