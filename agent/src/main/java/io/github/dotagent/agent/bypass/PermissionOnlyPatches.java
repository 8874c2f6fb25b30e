package io.github.dotagent.agent.bypass;

import net.bytebuddy.jar.asm.MethodVisitor;

/** Patches a class behind the sockets: only the address in its permission checks is changed. */
final class PermissionOnlyPatches extends MethodPatches {
  /**
   * @param permissions whether the JVM may have a SecurityManager
   */
  PermissionOnlyPatches(boolean permissions) {
    super(permissions);
  }

  @Override
  MethodVisitor patchOf(int access, String name, String type, MethodVisitor method) {
    return null;
  }
}
